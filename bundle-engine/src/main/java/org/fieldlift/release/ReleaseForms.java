package org.fieldlift.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.io.FileTree;

/// Opens a release in whatever form it comes.
public final class ReleaseForms {
  private ReleaseForms() {}

  /// A single file or a directory form.
  ///
  /// @throws org.fieldlift.io.Problem of kind USAGE when the path is neither
  public static OpenRelease open(Path path) throws IOException {
    throw new UnsupportedOperationException("open " + path);
  }

  /// The releases on the drives of a set, given in any order. Each of them knows which drives and
  /// pieces are missing and says so when it is walked.
  public static List<OpenRelease> onDrives(List<? extends FileTree> drives) throws IOException {
    throw new UnsupportedOperationException("drives " + drives);
  }

  /// True when the tree is a drive that Fieldlift wrote.
  public static boolean isDrive(FileTree tree) throws IOException {
    return tree.file(DriveManifest.FILE).isPresent();
  }
}
