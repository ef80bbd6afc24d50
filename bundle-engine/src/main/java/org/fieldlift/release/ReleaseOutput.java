package org.fieldlift.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.fieldlift.archive.PartSink;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// A release that is being written, aside, and becomes true by one rename at its end. Closing it
/// before leaves nothing behind. Of two that write the same output at once, one wins whole.
sealed interface ReleaseOutput extends PartSink, AutoCloseable
    permits SingleFileOutput, DirectoryOutput {

  /// A single file when the name ends so, else a folder.
  ///
  /// @param jsonLength of the `release.json` that will be given at the end, in bytes
  /// @throws Problem of kind USAGE when there is something already
  static ReleaseOutput to(Path output, int jsonLength) throws IOException {
    Path target = output.toAbsolutePath().normalize();
    refuseExisting(target);
    try {
      Path aside = AtomicFiles.aside(target);
      return target.toString().endsWith(FormFiles.SINGLE)
          ? SingleFileOutput.begin(target, aside, jsonLength)
          : DirectoryOutput.begin(target, aside);
    } catch (IOException e) {
      throw DiskTrouble.with(target, e);
    }
  }

  /// All parts are written; now the release is named and made true.
  void finish(SignedRelease signed, PartList parts) throws IOException;

  @Override
  void close() throws IOException;

  /// Never overwrites: what lies there may be the only copy of a release.
  static void refuseExisting(Path target) throws Problem {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) return;
    throw Problem.usage(
        PlainText.of(target.toString()) + " exists already.",
        "Choose another name, or move it away first.");
  }
}
