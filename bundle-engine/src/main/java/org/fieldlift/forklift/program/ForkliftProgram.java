package org.fieldlift.forklift.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.forklift.StagedBundle;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// The `forklift` program of this machine. Staging a pallet is its work, not ours.
public final class ForkliftProgram {
  /// The first whose bundles today's Forklift can read.
  private static final String OLDEST = "v0.8.0-alpha.6";

  private static final String SINCE_CACHE_IMG = "v0.8.0-beta.0";

  /// Told not to work in parallel, Forklift puts files of images where it never finds them again.
  private static final String ONE_BY_ONE = "FORKLIFT_PARALLEL";

  private static final int LONGEST_ANSWER = 10_000;
  private static final int SECONDS_TO_ANSWER = 10;
  private static final int LOOK_MILLIS = 100;

  private final Path program;
  private final ToolVersion version;

  private ForkliftProgram(Path program, ToolVersion version) {
    this.program = program;
    this.version = version;
  }

  /// The first `forklift` on the search path.
  ///
  /// @param environment this program's environment variables
  /// @throws Problem when there is none, or none that stages bundles of today
  public static ForkliftProgram find(Map<String, String> environment) throws IOException {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (folder.isEmpty()) continue;
      Path program = Path.of(folder).resolve("forklift").toAbsolutePath();
      if (Files.isRegularFile(program) && Files.isExecutable(program)) return of(program);
    }
    throw Problem.failed(
        "The program forklift is not on this machine's search path.",
        "Install Forklift, or export a bundle that was staged on another machine.");
  }

  /// What it says its version is, such as `v0.8.0`.
  public String version() {
    return version.text();
  }

  /// Stages the local pallet of a workspace into an empty stage store of its own. Container images
  /// are not downloaded; other files are, where the workspace's caches lack them.
  ///
  /// @param scratch an existing, empty folder
  /// @param platform such as `linux/arm64`; nothing for this machine's
  /// @return the staged bundle's folder
  /// @throws Problem with Forklift's own words when it cannot
  public Path stage(
      Workspace workspace,
      Path scratch,
      Optional<String> platform,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("--workspace", workspace.root().toAbsolutePath().toString()));
    command.addAll(List.of("--stage-store", scratch.toAbsolutePath().toString()));
    platform.ifPresent(name -> command.addAll(List.of("--platform", name)));
    command.addAll(List.of("plt", "stage"));
    command.add(version.isAtLeast(SINCE_CACHE_IMG) ? "--cache-img=false" : "--no-cache-img");
    Optional<String> last = run(command, progress, cancellation);
    if (last.isPresent()) throw ForkliftWords.failure(last.get(), workspace);
    List<StagedBundle> staged = StageStore.open(scratch).bundles();
    if (staged.size() == 1) return staged.getFirst().folder();
    throw Problem.failed(
        "Forklift " + version() + " staged nothing, though it said that all is well.",
        "Try it by hand: forklift plt stage --cache-img=false.");
  }

  private static ForkliftProgram of(Path program) throws IOException {
    String said = ask(program);
    Optional<ToolVersion> version = ToolVersion.said(said);
    if (version.isEmpty()) {
      throw Problem.failed(
          program
              + " does not say which version it is, but \""
              + PlainText.of(said.strip())
              + "\".",
          "Install a released Forklift, " + OLDEST + " or newer.");
    }
    if (!version.get().isAtLeast(OLDEST)) {
      throw Problem.failed(
          program + " is Forklift " + version.get().text() + ", which is too old.",
          "Install " + OLDEST + " or newer; today's Forklift cannot read older bundles.");
    }
    return new ForkliftProgram(program, version.get());
  }

  private static String ask(Path program) throws IOException {
    Process process =
        new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS)) return "";
      return new String(
          Limits.readAtMost(process.getInputStream(), LONGEST_ANSWER, "its answer"), UTF_8);
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      process.destroyForcibly();
    }
  }

  /// @return the last line it said when it failed; nothing when it did not
  private static Optional<String> run(
      List<String> command, Progress progress, Cancellation cancellation) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove(ONE_BY_ONE);
    Process process = builder.start();
    ForkliftWords words = new ForkliftWords(progress);
    try {
      process.getOutputStream().close();
      Thread listening =
          Thread.startVirtualThread(() ->
              words.follow(
                  new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))));
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) cancellation.check();
      listening.join();
      return process.exitValue() == 0 ? Optional.empty() : Optional.of(words.last());
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      process.destroyForcibly();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while forklift was at work");
  }
}
