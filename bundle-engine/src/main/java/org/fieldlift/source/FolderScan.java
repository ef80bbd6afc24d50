package org.fieldlift.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.DirectoryTree;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.FormFiles;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.release.ReleaseForms;
import org.fieldlift.source.Source.Offer;

/// The releases that lie in a folder and in the folders directly below it.
///
/// @param offers sorted by product, newest first
/// @param faults sentences about files that are named like releases but cannot be read as one, and
///   folders that cannot be looked into (`lost+found` of every ext4 drive)
record FolderScan(List<Offer> offers, List<String> faults) {
  private static final int DEPTH = 2;
  private static final Comparator<Offer> ORDER =
      Comparator.comparing(Offer::product)
          .thenComparing(Offer::sequence, Comparator.reverseOrder())
          .thenComparing(Offer::platform)
          .thenComparing(Offer::path);

  /// @throws Problem when the folder itself cannot be looked into
  static FolderScan of(Path folder, Cancellation cancellation) throws IOException {
    FolderScan scan = new FolderScan(new ArrayList<>(), new ArrayList<>());
    try {
      scan.look(folder, folder, DEPTH, cancellation);
    } catch (FileSystemException refused) {
      throw DiskTrouble.with(folder, refused);
    }
    scan.offers.sort(ORDER);
    return scan;
  }

  private void look(Path root, Path folder, int depth, Cancellation cancellation)
      throws IOException {
    for (Path child : children(folder)) {
      cancellation.check();
      try {
        if (isRelease(child)) offer(root, child);
        else if (depth > 1 && Files.isDirectory(child)) look(root, child, depth - 1, cancellation);
      } catch (FileSystemException refused) {
        faults.add(DiskTrouble.with(child, refused).what());
      }
    }
  }

  private void offer(Path root, Path file) {
    String path = root.relativize(file).toString().replace('\\', '/');
    try (OpenRelease open = ReleaseForms.open(file)) {
      Release release = open.signed().release();
      offers.add(
          new Offer(
              open.signed().id(),
              release.product(),
              release.label(),
              release.platform(),
              release.sequence(),
              open.archiveSize(),
              release.createdAt(),
              path));
    } catch (Problem problem) {
      faults.add(PlainText.of(path) + ": " + problem.what());
    } catch (IOException e) {
      faults.add(DiskTrouble.with(file, e).what());
    }
  }

  /// Files of other names are somebody else's and none of our business, unless they begin as a
  /// release does; what is half written is nobody's.
  private static boolean isRelease(Path path) throws IOException {
    String name = path.getFileName().toString();
    if (name.startsWith(".") || name.endsWith(AtomicFiles.ASIDE)) return false;
    if (Files.isDirectory(path)) return ReleaseForms.isDirectory(new DirectoryTree(path));
    if (!name.endsWith(FormFiles.SINGLE) || !Files.isRegularFile(path)) return false;
    return Stream.of(Release.Kind.values())
            .anyMatch(kind -> name.endsWith("." + kind.word() + FormFiles.SINGLE))
        || ReleaseForms.isSingle(path);
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> names = Files.list(folder)) {
      return names.sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
