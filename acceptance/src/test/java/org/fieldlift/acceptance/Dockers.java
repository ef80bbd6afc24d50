package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/// A real Docker on a machine that is nearly its own, with loopback and no route to anywhere, and
/// with an `/etc` and a `/var/lib` that may be changed.
///
/// It is the first process of its namespaces and ends with its standard input, so the kernel takes
/// everything away when the test ends, however that ends.
final class Dockers implements AutoCloseable {
  /// The three that are in the field.
  enum Kind {
    DOCKER_20_CLASSIC,
    DOCKER_29_CLASSIC,
    DOCKER_29_CONTAINERD;

    boolean isClassic() {
      return this != DOCKER_29_CONTAINERD;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// How it is run.
  enum Way {
    AS_USUAL,
    /// By a person without rights, in a network of its own.
    ROOTLESS,
    /// Behind a proxy for https that nobody answers.
    PROXIED,
    /// By who listens for it, when the first client comes.
    SOCKET_ACTIVATED;

    private String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final String PARTS =
      System.getenv()
          .getOrDefault(
              "FIELDLIFT_PARTS", System.getProperty("user.home") + "/.cache/fieldlift-parts");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Kind kind;
  private final Path folder;
  private final Process process;

  private Dockers(Kind kind, Path folder, Process process) {
    this.kind = kind;
    this.folder = folder;
    this.process = process;
  }

  /// Starts one; the test is skipped, saying why, where a part of it is missing.
  ///
  /// @param folder a new one, for everything it has
  static Dockers start(Kind kind, Path folder) throws IOException {
    return start(kind, Way.AS_USUAL, folder);
  }

  static Dockers start(Kind kind, Way way, Path folder) throws IOException {
    Program.needsRoot();
    Program.needs("unshare", "nsenter", "ip", "iptables", "docker", "busybox");
    switch (way) {
      case ROOTLESS -> Program.needs("rootlesskit", "slirp4netns", "newuidmap");
      case SOCKET_ACTIVATED -> Program.needs("systemd-socket-activate");
      case AS_USUAL, PROXIED -> {}
    }
    switch (kind) {
      case DOCKER_20_CLASSIC -> needsFile("/usr/sbin/dockerd");
      case DOCKER_29_CLASSIC, DOCKER_29_CONTAINERD -> {
        for (String part : List.of("dockerd", "containerd", "containerd-shim-runc-v2", "runc")) {
          needsFile(PARTS + "/" + part);
        }
      }
    }
    Files.createDirectories(folder);
    ProcessBuilder builder =
        new ProcessBuilder(
                "unshare",
                "--net",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                Program.root().resolve("acceptance/src/test/resources/docker/daemon").toString(),
                kind.word(),
                way.word(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("machine.log").toFile());
    builder.environment().put("FIELDLIFT_PARTS", PARTS);
    Dockers docker = new Dockers(kind, folder, builder.start());
    try {
      docker.await(() -> Files.exists(docker.socket()) && docker.docker("version").code() == 0);
    } catch (AssertionError late) {
      docker.close();
      throw new AssertionError(docker.log(), late);
    }
    return docker;
  }

  boolean isClassic() {
    return kind.isClassic();
  }

  Path socket() {
    return folder.resolve("docker.sock");
  }

  /// A file of `/etc` or `/var/lib` as this machine has it; not there when it is the real one's.
  Path changed(String path) {
    return folder.resolve(
        path.startsWith("/etc/")
            ? "etc/" + path.substring("/etc/".length())
            : "var-lib/" + path.substring("/var/lib/".length()));
  }

  /// Fieldlift on this machine.
  Fieldlift fieldlift(Path home) {
    return Fieldlift.at(home).through(inside().toArray(String[]::new));
  }

  /// A program on this machine.
  Program.Said run(Object... command) {
    List<Object> words = new ArrayList<>(inside());
    words.addAll(List.of(command));
    return Program.run(words.toArray());
  }

  /// Docker's own program, asking this daemon.
  Program.Said docker(Object... arguments) {
    List<Object> words = new ArrayList<>(List.of("docker", "--host", "unix://" + socket()));
    words.addAll(List.of(arguments));
    return Program.run(words.toArray());
  }

  /// Compose on this machine.
  Program.Said compose(Path file, Object... arguments) {
    needsFile(PARTS + "/docker-compose");
    List<Object> words = new ArrayList<>(inside());
    words.addAll(
        List.of("env", "DOCKER_HOST=unix://" + socket(), PARTS + "/docker-compose", "-f", file));
    words.addAll(List.of(arguments));
    return Program.run(words.toArray());
  }

  /// What the daemon has under exactly these words; empty when it has nothing.
  String id(String reference) {
    Program.Said said = docker("image", "inspect", "--format", "{{.Id}}", reference);
    return said.code() == 0 ? said.out().strip() : "";
  }

  void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s", log()).isLessThan(deadline);
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private List<String> inside() {
    long first =
        process
            .children()
            .findFirst()
            .orElseThrow(() -> new AssertionError("the machine has ended: " + log()))
            .pid();
    return List.of("nsenter", "--target", "" + first, "--net", "--mount", "--pid", "--");
  }

  private String log() {
    try {
      StringBuilder text = new StringBuilder();
      for (String name : List.of("machine.log", "log", "containerd.log")) {
        Path file = folder.resolve(name);
        if (Files.exists(file)) text.append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void needsFile(String file) {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(file)), file + " is missing; .ci/run gets it");
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    // Control groups know no namespaces of files; what is empty may go.
    String group = "*/" + folder.getFileName() + "*";
    Program.run(
        "find",
        "/sys/fs/cgroup",
        "-depth",
        "-type",
        "d",
        "-path",
        group,
        "-exec",
        "rmdir",
        "{}",
        ";");
    Program.run("rm", "-rf", folder);
  }
}
