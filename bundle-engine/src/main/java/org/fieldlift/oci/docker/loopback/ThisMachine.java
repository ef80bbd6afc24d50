package org.fieldlift.oci.docker.loopback;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The machine this program runs on, through its own programs.
final class ThisMachine implements Machine {
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final int MOST_WORDS = 4000;
  private static final List<String> FOLDERS = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

  @Override
  public void reload(long pid) throws IOException {
    Said said = run("kill", "-HUP", Long.toString(pid));
    if (said.code() == 0) return;
    throw Problem.failed(
        "Docker (process %d) cannot be told to read its configuration: %s."
            .formatted(pid, PlainText.of(said.words())),
        "Run this as root.");
  }

  @Override
  public void redirect(Redirect redirect) throws IOException {
    Said said = iptables("-I", redirect);
    if (said.code() == 0) return;
    throw Problem.failed(
        "Port %d is taken, and iptables cannot lead Docker past it: %s."
            .formatted(redirect.from(), PlainText.of(said.words())),
        "Stop what listens there for a moment, or load by tag with --images=tags.");
  }

  @Override
  public void endRedirect(Redirect redirect) throws IOException {
    while (iptables("-C", redirect).code() == 0) {
      Said said = iptables("-D", redirect);
      if (said.code() == 0) continue;
      throw Problem.failed(
          "A redirection in iptables cannot be removed: " + PlainText.of(said.words()) + ".",
          "Run the same command again as root.");
    }
  }

  /// Names are looked up in the same few seconds: without a network a resolver may ponder for long.
  @Override
  public boolean reaches(String host, int port) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> answer.complete(connects(host, port)));
    try {
      return answer.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException silence) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean connects(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) SOON.toMillis());
      return true;
    } catch (IOException unreachable) {
      return false;
    }
  }

  record Said(int code, String words) {}

  private static Said iptables(String action, Redirect redirect) throws IOException {
    return run(
        "iptables",
        "-w",
        "-t",
        "nat",
        action,
        "OUTPUT",
        "-d",
        redirect.address(),
        "-p",
        "tcp",
        "--dport",
        Integer.toString(redirect.from()),
        "-j",
        "REDIRECT",
        "--to-ports",
        Integer.toString(redirect.to()));
  }

  private static Said run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(find(program)));
    command.addAll(List.of(arguments));
    return run(command, LONGEST);
  }

  /// What a program says is read beside it: it may neither end nor close what it says.
  static Said run(List<String> command, Duration longest) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    CompletableFuture<String> words = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> words.complete(words(process)));
    try {
      process.getOutputStream().close();
      if (!process.waitFor(longest)) throw new IOException(command.getFirst() + " does not end");
      return new Said(
          process.exitValue(),
          words.completeOnTimeout("", SOON.toMillis(), TimeUnit.MILLISECONDS).join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + command.getFirst() + " ran");
    } finally {
      process.destroyForcibly();
    }
  }

  private static String words(Process process) {
    try (var out = process.getInputStream()) {
      String words = new String(out.readNBytes(MOST_WORDS), StandardCharsets.UTF_8).strip();
      out.transferTo(OutputStream.nullOutputStream());
      return words;
    } catch (IOException ended) {
      return "";
    }
  }

  /// Root's PATH may be that of the user who became root, without the folders of such programs.
  private static String find(String program) throws Problem {
    for (String folder : FOLDERS) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) return file.toString();
    }
    throw Problem.failed(
        "The program " + program + " is needed and not there.",
        "Install it, or load by tag with --images=tags.");
  }
}
