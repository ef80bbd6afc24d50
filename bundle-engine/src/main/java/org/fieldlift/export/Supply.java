package org.fieldlift.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.fieldlift.forklift.BundleContents;
import org.fieldlift.forklift.BundleContents.Download;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageFiles;
import org.fieldlift.oci.Platform;

/// Gets downloads that no cache has into this station's caches.
///
/// @param station the caches of this platform
/// @param offline nothing may be fetched
record Supply(CacheFolders station, Images images, Platform platform, boolean offline) {

  /// @return the fetched file
  Path file(BundleContents contents, Item item, Progress progress, Cancellation cancellation)
      throws IOException {
    Download download = download(contents.downloads(), item);
    Path file = station.downloads().resolve(download.path());
    progress.step("Fetching " + item.name());
    new FileFetch(station.root().resolve("incoming"))
        .bring(download.source(), item.name(), file, progress, cancellation);
    return file;
  }

  /// @return a tar of the image's files, as Forklift caches it
  Path imageFiles(BundleContents contents, Item item, Progress progress, Cancellation cancellation)
      throws IOException {
    Download download = download(contents.exportImages(), item);
    Path file = station.downloads().resolve(download.path());
    List<String> source = List.of(download.source());
    Image image =
        (offline
                ? images.present(source, platform)
                : images.bring(source, platform, progress, cancellation))
            .getFirst();
    progress.step("Taking the files out of " + item.name());
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Path aside = AtomicFiles.aside(file);
    try {
      try (FileChannel channel =
              FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
        ImageFiles.flatten(images.layoutOf(image), image, out, progress, cancellation);
        out.flush();
        channel.force(true);
      }
      AtomicFiles.publish(aside, file);
    } finally {
      Files.deleteIfExists(aside);
    }
    return file;
  }

  private static Download download(List<Download> downloads, Item item) {
    return downloads.stream()
        .filter(each -> item.place().endsWith("/downloads/" + each.path()))
        .findFirst()
        .orElseThrow();
  }
}
