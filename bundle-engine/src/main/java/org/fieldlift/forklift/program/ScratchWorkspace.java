package org.fieldlift.forklift.program;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;

/// A workspace set up aside for one staging, after a person's own.
///
/// Forklift writes to the caches of the workspace it stages in: it brings mirrors up to date,
/// checks pallets out, and puts downloads under names that know no platform. Here it may. The local
/// pallet and git's caches are copies of the person's; downloads are those of the person and of
/// this station, the station's image files first, because only of those the platform is known.
public final class ScratchWorkspace {
  private static final String IMAGE_FILES = "oci-image-fs-tarballs";
  private static final String WEB_FILES = "http-files";

  /// How Forklift calls what it has not downloaded to the end.
  private static final String UNFINISHED = ".fkldownload";

  private final Workspace original;
  private final Workspace aside;
  private final CacheFolders station;
  private final ScratchCopy copy;
  private final Set<String> known = new HashSet<>();
  private final Set<String> doubtful = new HashSet<>();

  private ScratchWorkspace(
      Workspace original, CacheFolders station, Path folder, Cancellation cancellation) {
    this.original = original;
    this.aside = new Workspace(folder.toAbsolutePath());
    this.station = station;
    this.copy = new ScratchCopy(cancellation);
  }

  /// Sets it up. Where there is no workspace there will be none aside, and Forklift says so.
  ///
  /// @param station what this station has for the platform to stage for
  /// @param folder where it will be; nothing is there yet
  public static ScratchWorkspace of(
      Workspace original, CacheFolders station, Path folder, Cancellation cancellation)
      throws IOException {
    ScratchWorkspace scratch = new ScratchWorkspace(original, station, folder, cancellation);
    if (Files.isDirectory(original.root())) scratch.setUp();
    return scratch;
  }

  /// Where Forklift may stage.
  public Workspace workspace() {
    return aside;
  }

  /// Where a download lies for Forklift.
  ///
  /// @param path below `downloads`
  public Path download(String path) {
    return aside.caches().downloads().resolve(path);
  }

  /// Whether a download should not be believed as it is: files of an image that the person's
  /// workspace has, whatever their platform, and a file that Forklift fetched from a web server,
  /// whatever that one answered.
  ///
  /// @param path below `downloads`
  public boolean isDoubtful(String path) {
    return doubtful.contains(path) || (path.startsWith(WEB_FILES + "/") && !known.contains(path));
  }

  /// Puts another file in a download's place.
  ///
  /// @return false when it is the same
  public boolean replace(String path, Path file) throws IOException {
    known.add(path);
    doubtful.remove(path);
    Path place = download(path);
    if (Files.exists(place) && Files.mismatch(place, file) < 0) return false;
    Files.deleteIfExists(place);
    copy.share(file, place);
    return true;
  }

  /// Keeps files of images that Forklift fetched for the platform in this station's caches.
  public void keepImageFiles() throws IOException {
    Path folder = download(IMAGE_FILES);
    if (!Files.isDirectory(folder)) return;
    try (var all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        String path = aside.caches().downloads().relativize(file).toString();
        boolean isNew =
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !path.endsWith(UNFINISHED)
                && !known.contains(path)
                && !doubtful.contains(path);
        if (isNew) keep(file, station.downloads().resolve(path));
      }
    }
  }

  /// What Forklift said, about the workspace that the person knows.
  public Problem asTold(Problem problem) {
    String here = aside.root().toString();
    String theirs = original.root().toString();
    return new Problem(
        problem.kind(),
        problem.what().replace(here, theirs),
        problem.next().replace(here, theirs),
        problem);
  }

  private void setUp() throws IOException {
    Files.createDirectories(aside.root());
    tree(original.pallet(), aside.pallet());
    CacheFolders from = original.caches();
    CacheFolders to = aside.caches();
    tree(from.mirrors(), to.mirrors());
    tree(from.pallets(), to.pallets());
    tree(from.repositories(), to.repositories());
    known.addAll(downloads(from, WEB_FILES));
    known.addAll(downloads(station, WEB_FILES));
    known.addAll(downloads(station, IMAGE_FILES));
    doubtful.addAll(downloads(from, IMAGE_FILES));
  }

  private void tree(Path from, Path to) throws IOException {
    if (Files.isDirectory(from)) copy.tree(from.toRealPath(), to);
  }

  private List<String> downloads(CacheFolders from, String kind) throws IOException {
    return copy.files(from.downloads().resolve(kind), download(kind), UNFINISHED).stream()
        .map(name -> kind + "/" + name)
        .toList();
  }

  private void keep(Path file, Path place) throws IOException {
    Files.createDirectories(Objects.requireNonNull(place.getParent()));
    Path aside = AtomicFiles.aside(place);
    try {
      copy.share(file, aside);
      try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      AtomicFiles.publish(aside, place);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
