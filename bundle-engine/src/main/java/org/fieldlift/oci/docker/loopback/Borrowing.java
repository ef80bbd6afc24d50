package org.fieldlift.oci.docker.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Turn;
import org.fieldlift.oci.docker.Docker;

/// The names of registries, borrowed on this machine for as long as a daemon pulls.
///
/// A marker that says what to undo is on the disk before the first change, and goes after the last
/// was undone. So whatever ends this program, the next run puts things right before it does
/// anything else.
public final class Borrowing implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int LARGEST_MARKER = 16 << 20;

  private final HostPlaces places;
  private final Docker docker;
  private final Turn turn;

  /// One thing to undo.
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private Borrowing(HostPlaces places, Docker docker, Turn turn) {
    this.places = places;
    this.docker = docker;
    this.turn = turn;
  }

  /// Takes the turn, and undoes what a run left that died.
  static Borrowing begin(HostPlaces places, Docker docker) throws IOException {
    Turn turn = Turn.take(places.marker());
    Borrowing borrowing = new Borrowing(places, docker, turn);
    boolean isClean = false;
    try {
      borrowing.undo();
      isClean = true;
      return borrowing;
    } finally {
      if (!isClean) turn.close();
    }
  }

  /// Undoes what a run left that died. Without such a run it changes nothing, and needs no rights.
  ///
  /// @param docker counts where the marker does not say which daemon it is about
  /// @return false when there was nothing to undo
  public static boolean undoLeft(HostPlaces places, Docker docker) throws IOException {
    if (!Files.exists(places.marker())) return false;
    begin(places, docker).close();
    return true;
  }

  /// Whether a run left something that died, and this user may undo it.
  public static boolean canUndo(HostPlaces places) {
    return Files.isWritable(places.marker());
  }

  /// Makes the changes.
  ///
  /// @param certificate for the files that `what` names
  void change(Borrowed what, byte[] certificate) throws IOException {
    AtomicFiles.write(places.marker(), what.json());
    try {
      if (!what.line().isEmpty()) addLine(what);
      for (Path file : what.certificates()) {
        Files.createDirectories(file.getParent());
        new SystemFile(file).write(certificate);
      }
      for (Machine.Redirect redirect : what.redirects()) places.machine().redirect(redirect);
    } catch (IOException e) {
      throw DiskTrouble.with(what.hosts(), e);
    }
    if (what.mirror().isPresent()) addMirror(what.mirror().get());
  }

  private void addLine(Borrowed what) throws IOException {
    SystemFile hosts = new SystemFile(what.hosts());
    String before = new String(hosts.read().orElse(new byte[0]), UTF_8);
    hosts.write((what.line() + "\n" + before).getBytes(UTF_8));
  }

  private void addMirror(Borrowed.Mirror mirror) throws IOException {
    DaemonProcess daemon = DaemonProcess.behind(docker.socket(), places.proc());
    Files.createDirectories(mirror.config().resolveSibling(""));
    new SystemFile(mirror.config()).write(MirrorConfig.of(mirror).with());
    places.machine().reload(daemon.pid());
    if (await(docker, mirror.url(), true)) return;
    throw Problem.failed(
        "Docker does not take up its changed configuration ("
            + PlainText.of(mirror.config().toString())
            + ").",
        "See what it says (journalctl -u docker); the file is as it was again.");
  }

  /// Undoes everything the marker names; each step also when it was never done, or undone before.
  private void undo() throws IOException {
    Path marker = places.marker();
    if (!Files.exists(marker)) return;
    Borrowed what = Borrowed.read(Limits.readFile(marker, LARGEST_MARKER));
    List<Step> steps =
        List.of(
            () -> endRedirects(what),
            () -> removeLine(what),
            () -> removeMirror(what),
            () -> removeCertificates(what));
    IOException first = null;
    for (Step step : steps) {
      try {
        step.run();
      } catch (IOException e) {
        if (first == null) first = e;
        else first.addSuppressed(e);
      }
    }
    if (first != null) throw stuck(first);
    Files.delete(marker);
    AtomicFiles.syncFolder(marker.resolveSibling(""));
  }

  private Problem stuck(IOException cause) {
    return new Problem(
        Problem.Kind.FAILED,
        "What was changed on this machine to load images cannot be undone yet: "
            + DiskTrouble.with(places.marker(), cause).what(),
        "Run as root: fieldlift image load; " + places.marker() + " says what is left.",
        cause);
  }

  private void endRedirects(Borrowed what) throws IOException {
    for (Machine.Redirect redirect : what.redirects()) places.machine().endRedirect(redirect);
  }

  private static void removeCertificates(Borrowed what) throws IOException {
    for (Path file : what.certificates()) Files.deleteIfExists(file);
    for (Path folder : what.folders().reversed()) removeIfEmpty(folder);
  }

  private static void removeLine(Borrowed what) throws IOException {
    SystemFile hosts = new SystemFile(what.hosts());
    Optional<byte[]> now = hosts.read();
    if (now.isEmpty() || what.line().isEmpty()) return;
    String text = new String(now.get(), UTF_8);
    String line = what.line() + "\n";
    int at = text.startsWith(line) ? 0 : text.indexOf("\n" + line) + 1;
    if (at == 0 && !text.startsWith(line)) return;
    hosts.write((text.substring(0, at) + text.substring(at + line.length())).getBytes(UTF_8));
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException used) {
      // Somebody else has put something there.
    }
  }

  /// The daemon is asked whatever the file says: a person may have removed or rewritten that, and
  /// the daemon would keep an address at which anybody on this machine could answer for Docker Hub.
  private void removeMirror(Borrowed what) throws IOException {
    if (what.mirror().isEmpty()) return;
    Borrowed.Mirror mirror = what.mirror().get();
    Docker borrower = new Docker(what.docker().orElse(docker.socket()));
    SystemFile file = new SystemFile(mirror.config());
    MirrorConfig config = MirrorConfig.of(mirror);
    Optional<byte[]> now = file.read();
    boolean isOurs = now.isPresent() && config.isOurs(now.get());
    boolean isNamed = now.isPresent() && new String(now.get(), UTF_8).contains(mirror.url());
    // One that does not run has nothing to forget.
    boolean isRunning = borrower.listens();
    boolean isKnown = isRunning && has(borrower, mirror.url());
    if (!isOurs && !isNamed && !isKnown) return;
    byte[] without = config.without(now.orElse(new byte[0]));
    file.write(without);
    if (isRunning) forget(borrower, mirror);
    Optional<byte[]> after = isNamed && !isOurs ? Optional.of(without) : now;
    if (isOurs) after = mirror.before().map(text -> text.getBytes(UTF_8));
    if (after.isPresent()) file.write(after.get());
    else file.delete();
  }

  private void forget(Docker borrower, Borrowed.Mirror mirror) throws IOException {
    places.machine().reload(DaemonProcess.behind(borrower.socket(), places.proc()).pid());
    if (await(borrower, mirror.url(), false)) return;
    throw Problem.failed(
        "Docker at %s still uses %s in place of Docker Hub."
            .formatted(PlainText.of(borrower.socket().toString()), PlainText.of(mirror.url())),
        "Restart it (systemctl restart docker) when its containers may rest.");
  }

  /// Waits until the daemon has the mirror, or has it no more. A person's wish to stop is no reason
  /// to leave it half way.
  private static boolean await(Docker docker, String url, boolean wanted) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        if (has(docker, url) == wanted) return true;
        Thread.sleep(LOOK);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while Docker reads its configuration");
    }
  }

  private static boolean has(Docker docker, String url) throws IOException {
    List<String> mirrors = docker.facts(new Cancellation()).mirrors();
    return mirrors.stream().anyMatch(each -> each.startsWith(url));
  }

  @Override
  public void close() throws IOException {
    try {
      undo();
    } finally {
      turn.close();
    }
  }
}
