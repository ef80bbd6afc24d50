package org.fieldlift.archive;

import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.fieldlift.io.Problem;

/// Makes symbolic links whose target is exactly the given text.
///
/// Java tidies every path it is given (`a//b/` becomes `a/b`), so a target that is not tidy is left
/// to the `ln` program; and whatever was made is read back and compared.
final class VerbatimLink {
  private VerbatimLink() {}

  /// @throws FileAlreadyExistsException when there is something in this place
  static void make(Path place, String target) throws IOException {
    try {
      Path tidy = place.getFileSystem().getPath(target);
      if (tidy.toString().equals(target)) Files.createSymbolicLink(place, tidy);
      else link(place, target);
    } catch (InvalidPathException e) {
      throw notMade(place);
    }
    if (!Files.readSymbolicLink(place).toString().equals(target)) throw notMade(place);
  }

  private static void link(Path place, String target) throws IOException {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(place.toString());
    }
    Process ln =
        new ProcessBuilder("ln", "-s", "--", target, place.toAbsolutePath().toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (ln.waitFor() != 0) throw notMade(place);
    } catch (InterruptedException e) {
      ln.destroy();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while making a link.");
    }
  }

  private static Problem notMade(Path place) {
    return Problem.failed(
        "The link " + shown(place.toString()) + " cannot be made with its exact target.",
        "Unpack on Linux, with a UTF-8 locale (LC_ALL=C.UTF-8).");
  }
}
