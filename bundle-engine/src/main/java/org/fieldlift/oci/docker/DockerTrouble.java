package org.fieldlift.oci.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Why a daemon did not do what it was asked, in words.
final class DockerTrouble {
  private DockerTrouble() {}

  /// The daemon's own reason.
  static Problem said(String words) {
    return Problem.failed(
        "Docker could not do it: " + PlainText.of(words.strip().replaceFirst("\\.$", "")) + ".",
        next(words));
  }

  /// There is nobody to talk to.
  static IOException unreachable(Path socket, IOException cause) {
    if (cause instanceof Cancellation.Cancelled || cause instanceof Problem) return cause;
    String name = PlainText.of(socket.toString());
    if (!Files.exists(socket)) {
      return problem(
          "There is no Docker here: " + name + " does not exist.",
          "Start Docker, or name its socket with --docker or DOCKER_HOST.",
          cause);
    }
    if (!Files.isWritable(socket)) {
      return problem(
          "This user may not talk to Docker at " + name + ".",
          "Use sudo, or have the user added to the group docker.",
          cause);
    }
    return problem(
        "Nobody answers at " + name + ": Docker is not running.",
        "Start it (systemctl start docker), then try again.",
        cause);
  }

  /// The conversation ended before its end.
  static IOException broken(Path socket, IOException cause) {
    if (cause instanceof Cancellation.Cancelled || cause instanceof Problem) return cause;
    return problem(
        "Docker at %s stopped in the middle (%s)."
            .formatted(PlainText.of(socket.toString()), words(cause)),
        "See what it says of itself (journalctl -u docker), then run the same command again.",
        cause);
  }

  /// An answer that no Docker gives.
  static Problem nonsense(String what, Problem why) {
    return new Problem(
        Problem.Kind.FAILED,
        "Docker's answer about %s makes no sense: %s".formatted(PlainText.of(what), why.what()),
        "Check that it is Docker what listens there, and how old it is.",
        why);
  }

  private static String next(String words) {
    return words.contains("no space left on device")
        ? "Make room on the disk that holds Docker's data, then run the same command again."
        : "See what it says of itself (journalctl -u docker).";
  }

  private static String words(IOException cause) {
    String message = cause.getMessage();
    return message == null ? "the connection broke" : PlainText.of(message);
  }

  private static Problem problem(String what, String next, IOException cause) {
    return new Problem(Problem.Kind.FAILED, what, next, cause);
  }
}
