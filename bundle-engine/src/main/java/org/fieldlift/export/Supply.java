package org.fieldlift.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.fieldlift.forklift.BundleContents.Download;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.DownloadCache;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.DiskOutput;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageFiles;
import org.fieldlift.oci.ImageTars;
import org.fieldlift.oci.Platform;

/// Gets downloads that no cache has into this station's caches.
///
/// @param workspace a person's, whose files of images are of some platform
/// @param station the caches of this platform
/// @param offline nothing may be fetched
record Supply(
    CacheFolders workspace,
    CacheFolders station,
    Images images,
    Platform platform,
    boolean offline) {

  /// @return the fetched file
  Path file(Download download, Progress progress, Cancellation cancellation) throws IOException {
    Path file = station.downloads().resolve(download.path());
    String name = DownloadCache.withoutCredentials(download.source());
    progress.step("Fetching " + name);
    new FileFetch(station.root().resolve("incoming"))
        .bring(download.source(), name, file, progress, cancellation);
    return file;
  }

  /// @return a tar of the image's files: the workspace's when it holds what the image does for the
  ///   platform, so that a device gets the very file that Forklift made; else one like it
  /// @throws Problem when the image is not here and may not be fetched
  Path imageFiles(Download download, Progress progress, Cancellation cancellation)
      throws IOException {
    Path file = station.downloads().resolve(download.path());
    Image image = image(download.source(), progress, cancellation);
    progress.step("Taking the files out of " + PlainText.of(download.source()));
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Path aside = AtomicFiles.aside(file);
    try {
      try (FileChannel channel =
              FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(new DiskOutput(file, channel))) {
        ImageFiles.flatten(images.layoutOf(image), image, out, progress, cancellation);
        out.flush();
        channel.force(true);
      }
      takeForklifts(workspace.downloads().resolve(download.path()), aside, cancellation);
      AtomicFiles.publish(aside, file);
    } finally {
      Files.deleteIfExists(aside);
    }
    return file;
  }

  private static void takeForklifts(Path tar, Path file, Cancellation cancellation)
      throws IOException {
    if (!Files.isRegularFile(tar, LinkOption.NOFOLLOW_LINKS)) return;
    Path copy = AtomicFiles.aside(file);
    try {
      try (InputStream in = Files.newInputStream(tar, LinkOption.NOFOLLOW_LINKS);
          FileChannel channel =
              FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        in.transferTo(new DiskOutput(file, channel));
        channel.force(true);
      }
      if (ImageTars.areSame(copy, file, cancellation)) AtomicFiles.publish(copy, file);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private Image image(String reference, Progress progress, Cancellation cancellation)
      throws IOException {
    List<String> one = List.of(reference);
    if (!offline) return images.bring(one, platform, progress, cancellation).getFirst();
    List<Image> here = images.present(one, platform);
    if (!here.isEmpty()) return here.getFirst();
    throw Problem.failed(
        "Files of the image "
            + PlainText.of(reference)
            + " are exported, and it is not on this computer for "
            + platform
            + ".",
        "Run it again without --offline, or fetch it first: fieldlift image cache.");
  }
}
