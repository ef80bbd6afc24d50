package org.fieldlift.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.fieldlift.engine.SourceDesk.Source;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "source",
    description = "Where releases come from: folders and web servers.",
    mixinStandardHelpOptions = true)
@Subcommands({SourceCommand.Add.class, SourceCommand.ListAll.class, SourceCommand.Remove.class})
final class SourceCommand {

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Adds a source.",
      footer = {
        "%nExamples:",
        "  fieldlift source add lab https://releases.example.org/scope/",
        "  fieldlift source add shelf /srv/releases"
      })
  static final class Add implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(paramLabel = "NAME", description = "What to call it.")
    String name;

    @Parameters(
        paramLabel = "FOLDER_OR_URL",
        description = "A folder, or an http(s) address with an index.json.")
    String location;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        Source source = engine.sources().add(name, location);
        shared.done("Added " + source.name() + ": " + source.location(), json(source));
        shared.say("See what it has with: fieldlift release list --look");
        return Exit.DONE;
      });
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the sources.",
      footer = {"%nExample:", "  fieldlift source list"})
  static final class ListAll implements Callable<Integer> {
    @Mixin Shared shared;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        List<Source> sources = engine.sources().list();
        if (shared.json) {
          ArrayNode all = Json.array();
          sources.forEach(source -> all.add(json(source)));
          shared.answer(all);
        } else if (sources.isEmpty()) {
          shared.say(
              "There is no source yet. Add one with: fieldlift source add NAME FOLDER_OR_URL");
        } else {
          Table table = new Table("NAME", "LOCATION");
          sources.forEach(source -> table.row(source.name(), source.location()));
          shared.answer(table.toString());
        }
        return Exit.DONE;
      });
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Forgets a source; fetched releases stay.",
      footer = {"%nExample:", "  fieldlift source remove lab"})
  static final class Remove implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(paramLabel = "NAME", description = "Its name.")
    String name;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        if (!engine.sources().remove(name)) {
          throw Problem.usage(
              "There is no source " + PlainText.of(name) + ".",
              "See the sources with: fieldlift source list");
        }
        shared.done("Forgot " + PlainText.of(name) + ".", Json.object().put("removed", name));
        return Exit.DONE;
      });
    }
  }

  private static ObjectNode json(Source source) {
    return Json.object().put("name", source.name()).put("location", source.location());
  }
}
