package org.fieldlift.forklift.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fieldlift.forklift.GoUrl;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// The `git` program, asked about repositories that others made.
///
/// Stops a repository from running anything (hooks, monitors, helpers), from reaching for a network
/// (promisor remotes), and from showing other objects than its own (replacements). Commands that
/// look at files must not see a foreign `config` at all, because filters named there are programs:
/// they get a [GitView].
public final class Git {
  private static final List<String> HARMLESS =
      List.of(
          "core.hooksPath=/dev/null",
          "core.fsmonitor=false",
          "core.alternateRefsCommand=true",
          "core.excludesFile=/dev/null",
          "core.attributesFile=/dev/null",
          "gc.auto=0",
          "maintenance.auto=false",
          "safe.directory=*");
  private static final List<String> ENVIRONMENT =
      List.of(
          "GIT_CONFIG_NOSYSTEM=1",
          "GIT_CONFIG_GLOBAL=/dev/null",
          "GIT_ATTR_NOSYSTEM=1",
          "GIT_ALLOW_PROTOCOL=",
          "GIT_NO_LAZY_FETCH=1",
          "GIT_NO_REPLACE_OBJECTS=1",
          "GIT_OPTIONAL_LOCKS=0",
          "GIT_TERMINAL_PROMPT=0",
          "LC_ALL=C");

  /// The names of all branches and tags of a large repository.
  private static final int LONGEST_ANSWER = 64 << 20;

  private static final int LONGEST_COMPLAINT = 8 << 10;

  /// A disk with less is full: a file of git's takes a block, its folder another.
  private static final int LEAST_ROOM = 16 << 10;

  private static final int LOOK_MILLIS = 100;

  private final Path place;
  private final List<String> options;
  private final List<String> variables;

  /// @param place what is named when its disk is full
  private Git(Path place, List<String> options, List<String> variables) {
    this.place = place;
    this.options = options;
    this.variables = variables;
  }

  /// The same with objects of other repositories at hand.
  public Git borrowing(Path... repositories) {
    return variable(
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        Stream.of(repositories).map(Git::objects).collect(Collectors.joining(File.pathSeparator)));
  }

  private static String objects(Path repository) {
    String objects = repository.resolve("objects").toAbsolutePath().toString();
    return '"' + objects.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /// The repository.
  Path place() {
    return place;
  }

  /// For commands that need no repository.
  static Git anywhere() {
    return new Git(Path.of(""), List.of(), ENVIRONMENT);
  }

  /// @param folder a bare repository, or the `.git` of another
  public static Git in(Path folder) {
    return new Git(folder, List.of("--git-dir=" + folder.toAbsolutePath()), ENVIRONMENT);
  }

  /// The same with settings (`pack.threads=1`).
  Git with(String... settings) {
    List<String> more = new ArrayList<>(options);
    for (String setting : settings) more.addAll(List.of("-c", setting));
    return new Git(place, more, variables);
  }

  /// The same with files to look at.
  Git over(Path workTree) {
    List<String> more = new ArrayList<>(options);
    more.add("--work-tree=" + workTree.toAbsolutePath());
    return new Git(place, more, variables);
  }

  Git variable(String name, String value) {
    List<String> more = new ArrayList<>(variables);
    more.add(name + "=" + value);
    return new Git(place, options, more);
  }

  /// What git answers, without spaces at its ends.
  ///
  /// @throws Problem with git's own words when it fails
  public String answer(String... arguments) throws IOException {
    return answerTo("", arguments);
  }

  /// The same for something that git reads.
  public String answerTo(String input, String... arguments) throws IOException {
    Ended ended = run(stream(input), null, new Cancellation(), List.of(arguments));
    if (ended.code() != 0) throw failed(arguments[0], ended.complaint());
    return ended.answer().strip();
  }

  /// What git answers; nothing when it fails.
  public Optional<String> ask(String... arguments) throws IOException {
    Ended ended = run(InputStream.nullInputStream(), null, new Cancellation(), List.of(arguments));
    return ended.code() == 0 ? Optional.of(ended.answer().strip()) : Optional.empty();
  }

  /// Whether git ends well.
  public boolean agrees(String... arguments) throws IOException {
    return ask(arguments).isPresent();
  }

  /// The commit this repository is on.
  Optional<String> head() throws IOException {
    return ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
  }

  /// Appends what git answers to a file.
  void append(Path file, String input, Cancellation cancellation, String... arguments)
      throws IOException {
    Ended ended = run(stream(input), file, cancellation, List.of(arguments));
    if (ended.code() != 0) throw failed(arguments[0], ended.complaint());
  }

  /// Gives git a stream to read.
  public void feed(InputStream input, Cancellation cancellation, String... arguments)
      throws IOException {
    Ended ended = run(input, null, cancellation, List.of(arguments));
    if (ended.code() != 0) throw failed(arguments[0], ended.complaint());
  }

  private static InputStream stream(String input) {
    return new ByteArrayInputStream(input.getBytes(UTF_8));
  }

  private record Ended(int code, String answer, String complaint) {}

  private Ended run(
      InputStream input, @Nullable Path into, Cancellation cancellation, List<String> arguments)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(arguments));
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    for (String variable : variables) {
      int equals = variable.indexOf('=');
      builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    if (into != null) builder.redirectOutput(ProcessBuilder.Redirect.appendTo(into.toFile()));
    return wait(start(builder), input, into == null, cancellation);
  }

  private List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    for (String setting : HARMLESS) command.addAll(List.of("-c", setting));
    command.add("--no-pager");
    command.addAll(options);
    command.addAll(arguments);
    return command;
  }

  private static Process start(ProcessBuilder builder) throws Problem {
    try {
      return builder.start();
    } catch (IOException notInstalled) {
      throw new Problem(
          Problem.Kind.FAILED,
          "The program git is not installed on this machine.",
          "Install it (sudo apt install git); Forklift needs it, too.",
          notInstalled);
    }
  }

  private static Ended wait(
      Process process, InputStream input, boolean answers, Cancellation cancellation)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteArrayOutputStream complaint = new ByteArrayOutputStream();
    try {
      Thread feeding = Thread.startVirtualThread(() -> feed(input, process.getOutputStream()));
      Thread complaining =
          Thread.startVirtualThread(
              () -> keep(process.getErrorStream(), complaint, LONGEST_COMPLAINT));
      Thread answering =
          Thread.startVirtualThread(
              () -> keep(process.getInputStream(), answer, answers ? LONGEST_ANSWER : 0));
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) cancellation.check();
      for (Thread each : List.of(feeding, complaining, answering)) each.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while git was at work");
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), answer.toString(UTF_8), complaint.toString(UTF_8));
  }

  private static void feed(InputStream input, OutputStream output) {
    try (input;
        output) {
      input.transferTo(output);
    } catch (IOException gitEndedFirst) {
      // Its exit code tells.
    }
  }

  private static void keep(InputStream from, ByteArrayOutputStream kept, int most) {
    byte[] buffer = new byte[8192];
    try (from) {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        kept.write(buffer, 0, Math.min(count, most - kept.size()));
      }
    } catch (IOException gitWasStopped) {
      // Whoever stopped it knows.
    }
  }

  /// Git does not always say why it could not write.
  private boolean hasRoom() {
    try {
      return Files.getFileStore(place.toAbsolutePath()).getUsableSpace() >= LEAST_ROOM;
    } catch (IOException unknown) {
      return true;
    }
  }

  private Problem failed(String command, String complaint) {
    boolean full = DiskTrouble.isFull(new IOException(complaint));
    if (full || complaint.contains("write") && !hasRoom()) {
      return DiskTrouble.with(place, new IOException("No space left on device"));
    }
    String words =
        complaint
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("hint:"))
            .reduce((earlier, later) -> later)
            .orElse("it did not say why");
    return Problem.failed(
        "git " + command + " failed: " + PlainText.of(GoUrl.shown(words.strip())) + ".",
        "Check the repository with: git fsck.");
  }
}
