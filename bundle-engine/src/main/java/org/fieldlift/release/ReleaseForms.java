package org.fieldlift.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.archive.HeadMember;
import org.fieldlift.archive.RawStream;
import org.fieldlift.io.DirectoryTree;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.DriveManifest.HeldRelease;

/// Opens a release in whatever form it comes.
public final class ReleaseForms {
  private ReleaseForms() {}

  /// A single file or a directory form.
  ///
  /// @throws org.fieldlift.io.Problem of kind USAGE when the path is neither
  public static OpenRelease open(Path path) throws IOException {
    if (Files.isRegularFile(path)) return SingleFileRelease.open(path);
    FileTree tree = new DirectoryTree(path);
    if (Files.isDirectory(path) && DirectoryRelease.isOne(tree)) return DirectoryRelease.open(tree);
    throw Problem.usage(
        PlainText.of(path.toString()) + (Files.exists(path) ? " is no release." : " is missing."),
        "Name a release file (….tar.gz), a release folder, or the drives of a set.");
  }

  /// A release of the station's store, read like any other form.
  public static OpenRelease open(StoredRelease stored) {
    return new StoredParts(stored);
  }

  /// The releases on the drives of a set, given in any order. Each of them knows which drives and
  /// pieces are missing and says so when it is walked.
  ///
  /// @throws org.fieldlift.io.Problem of kind DRIVE when a tree is no drive of ours, when the
  ///   drives are of different sets, or when a release's `release.json` is on none of them
  public static List<OpenRelease> onDrives(List<? extends FileTree> drives) throws IOException {
    DriveSet set = DriveSet.open(drives);
    List<OpenRelease> releases = new ArrayList<>();
    for (HeldRelease held : set.releases()) releases.add(DrivesRelease.open(set, held));
    return releases;
  }

  /// True when the tree is a directory form.
  public static boolean isDirectory(FileTree tree) throws IOException {
    return DirectoryRelease.isOne(tree);
  }

  /// True when the file begins as a single file does, whatever it is called.
  public static boolean isSingle(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return HeadMember.begins(in.readNBytes(HeadMember.BEGINNING));
    }
  }

  /// What a single file says of itself, read from its beginning.
  ///
  /// @throws org.fieldlift.io.Problem of kind NOT_GENUINE when it begins with anything else
  public static SignedRelease head(InputStream single) throws IOException {
    return SingleHead.read(RawStream.of(single));
  }

  /// Bytes of the single file around an archive of this size.
  public static long singleSize(SignedRelease signed, long archiveSize) {
    return SingleHead.size(signed.json().length) + archiveSize;
  }

  /// True when the tree is a drive that Fieldlift wrote.
  public static boolean isDrive(FileTree tree) throws IOException {
    return tree.file(DriveManifest.FILE).isPresent();
  }
}
