package org.fieldlift.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.fieldlift.engine.Engine;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// What every command has: where the station is, whether to answer in JSON, and where to write.
/// Data goes to standard output, talk to standard error.
final class Shared {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Folder of the station (default: FIELDLIFT_HOME, or your application data).")
  @Nullable Path home;

  @Option(names = "--json", description = "Answer in JSON on standard output.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no talk, only results and errors.")
  boolean quiet;

  /// Work that needs the station.
  @FunctionalInterface
  interface Use {
    Exit with(Engine engine) throws Exception;
  }

  /// Opens the station for one command.
  int station(Use use) throws Exception {
    Path folder = home;
    try (Engine engine = Engine.open(folder == null ? Engine.defaultHome() : folder)) {
      return use.with(engine).code();
    }
  }

  /// A line of the answer.
  void answer(String line) {
    out().println(PlainText.lines(line));
  }

  void answer(JsonNode document) {
    out().print(Json.shown(new String(Json.write(document), StandardCharsets.UTF_8)));
  }

  /// Tells that something is done: people in words, programs in JSON.
  void done(String words, JsonNode document) {
    if (json) answer(document);
    say(words);
  }

  /// A remark that is not part of the answer.
  void say(String line) {
    if (!quiet) err().println(PlainText.lines(line));
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
