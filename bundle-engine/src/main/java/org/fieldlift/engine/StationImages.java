package org.fieldlift.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.DiskOutput;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.CopyOutcome;
import org.fieldlift.oci.DockerArchive;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageCopy;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.Kept;
import org.fieldlift.oci.LayoutArchive;
import org.fieldlift.oci.LayoutChange;
import org.fieldlift.oci.Platform;
import org.fieldlift.oci.RegistryWays;
import org.jspecify.annotations.Nullable;

/// The images of this station.
final class StationImages implements ImageDesk {
  private final Path cache;

  /// @param cache folder of the station's own layout; made with its first image
  StationImages(Path cache) {
    this.cache = cache;
  }

  @Override
  public List<CopyOutcome> copy(CopyOrder order, Progress progress, Cancellation cancellation)
      throws IOException {
    List<ImageReference> references = new ArrayList<>();
    for (String each : order.references()) references.add(ImageReference.parse(each));
    Platform platform = Platform.parse(order.platform());
    RegistryWays ways = RegistryWays.of(order.mirrors(), order.insecure());
    Path chosen = order.layout();
    ImageLayout into = ImageLayout.at(chosen == null ? cache : chosen);
    List<ImageLayout> reuse = chosen != null && hasCache() ? List.of(own()) : List.of();
    ImageCopy copy = ImageCopy.by(ways, reuse).proving();
    if (order.dryRun()) {
      return copy.plan(references, platform, into, order.offline(), cancellation);
    }
    return order.offline()
        ? copy.copyOffline(references, platform, into, progress, cancellation)
        : copy.copy(references, platform, into, progress, cancellation);
  }

  @Override
  public List<Kept> list(@Nullable Path layout) throws IOException {
    if (layout == null && !hasCache()) return List.of();
    return layout(layout).kept();
  }

  @Override
  public List<Image> export(
      List<String> references,
      @Nullable String platform,
      @Nullable Path layout,
      Path output,
      Format format,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    ImageLayout from = layout(layout);
    List<Image> images = chosen(from, references, platform);
    if (format == Format.DOCKER_ARCHIVE) images = DockerArchive.distinct(images);
    write(from, images, output, format, progress, cancellation);
    return images;
  }

  private static void write(
      ImageLayout from,
      List<Image> images,
      Path output,
      Format format,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Path file = output.toAbsolutePath();
    if (Files.exists(file)) {
      throw Problem.usage(
          "There is something at " + PlainText.of(output.toString()) + " already.",
          "Choose another name, or move it away.");
    }
    Path aside = AtomicFiles.aside(file);
    try {
      try (FileChannel channel =
              FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(new DiskOutput(file, channel), 1 << 20)) {
        switch (format) {
          case DOCKER_ARCHIVE -> DockerArchive.write(from, images, out, progress, cancellation);
          case OCI -> LayoutArchive.write(from, images, out, progress, cancellation);
        }
        out.flush();
        channel.force(true);
      }
      AtomicFiles.publish(aside, file);
    } catch (FileSystemException e) {
      throw DiskTrouble.with(file, e);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  @Override
  public long prune(List<String> references, @Nullable Path layout) throws IOException {
    if (layout == null && !hasCache() && references.isEmpty()) return 0;
    try (LayoutChange change = layout(layout).change()) {
      for (String reference : references) {
        if (!change.remove(reference)) throw none(reference, null);
      }
      return change.prune();
    }
  }

  private static List<Image> chosen(
      ImageLayout from, List<String> references, @Nullable String platform) throws IOException {
    List<Kept> all = new ArrayList<>(from.kept());
    if (platform != null) {
      String wanted = Platform.parse(platform).toString();
      all.removeIf(each -> !each.platform().equals(wanted));
    }
    if (references.isEmpty()) return whole(all);
    List<Image> chosen = new ArrayList<>();
    for (String reference : references) {
      List<Kept> found = named(all, reference);
      if (found.isEmpty()) throw none(reference, platform);
      chosen.addAll(whole(found));
    }
    return chosen;
  }

  /// What is there in exactly these words, else in another spelling of them.
  private static List<Kept> named(List<Kept> all, String reference) throws Problem {
    String canonical = ImageReference.parse(reference).canonical();
    List<Kept> exactly =
        all.stream().filter(each -> each.reference().text().equals(reference)).toList();
    return exactly.isEmpty()
        ? all.stream().filter(each -> each.reference().canonical().equals(canonical)).toList()
        : exactly;
  }

  private static List<Image> whole(List<Kept> all) throws Problem {
    List<Image> images = new ArrayList<>();
    for (Kept each : all) {
      switch (each) {
        case Kept.Whole whole -> images.add(whole.image());
        case Kept.Broken broken -> throw broken.problem();
      }
    }
    return images;
  }

  private static Problem none(String reference, @Nullable String platform) {
    String forWhat = platform == null ? "" : " for " + PlainText.of(platform);
    return Problem.usage(
        "There is no image " + PlainText.of(reference) + forWhat + " here.",
        "See which there are with: fieldlift image list");
  }

  private ImageLayout layout(@Nullable Path layout) throws IOException {
    return layout == null ? own() : ImageLayout.open(layout);
  }

  private ImageLayout own() throws IOException {
    return ImageLayout.open(cache);
  }

  private boolean hasCache() {
    return Files.exists(cache);
  }
}
