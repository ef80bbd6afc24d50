package org.fieldlift.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.archive.EarlierParts;
import org.fieldlift.archive.Entry;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Parts;
import org.fieldlift.io.DirectoryTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The parts of releases that were packed before, in directory form, which hold one large file each
/// (`docs/decisions/0017-reused-parts.md`).
///
/// Their bytes are believed to be what their names say: they are the user's own work, and whoever
/// takes the new release in checks every byte. Their lists are read as strictly as any.
final class EarlierReleases implements EarlierParts {
  private final Map<Entry, Made> made = new HashMap<>();

  private EarlierReleases() {}

  /// @throws Problem of kind USAGE for a folder that is no directory form
  static EarlierReleases in(List<Path> folders) throws IOException {
    EarlierReleases earlier = new EarlierReleases();
    for (Path folder : folders) earlier.add(folder);
    return earlier;
  }

  @Override
  public Optional<Made> holding(Entry entry) {
    return Optional.ofNullable(made.get(entry)).filter(EarlierReleases::isWhole);
  }

  private void add(Path folder) throws IOException {
    DirectoryTree tree = new DirectoryTree(folder);
    if (!Files.isDirectory(folder) || !DirectoryRelease.isOne(tree)) {
      throw Problem.usage(
          PlainText.of(folder.toString()) + " is no release in directory form.",
          "Name the folder of a release that was packed before.");
    }
    DirectoryRelease release = DirectoryRelease.open(tree);
    List<Part> parts = release.parts();
    List<List<Entry>> contents = Parts.of(release.signed().release().entries());
    boolean isCutAsNow = parts.size() == contents.size() + 1;
    if (!isCutAsNow) return;
    for (int i = 0; i < contents.size(); i++) {
      Entry first = contents.get(i).getFirst();
      if (!Parts.isAlone(first)) continue;
      Part part = parts.get(i);
      made.putIfAbsent(first, new Made(part, folder.resolve(FormFiles.part(part))));
    }
  }

  private static boolean isWhole(Made made) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(made.file(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile() && found.size() == made.part().size();
    } catch (IOException e) { // gone or not ours to read: then it is made anew
      return false;
    }
  }
}
