package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.CopyOutcome;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.Kept;
import org.jspecify.annotations.Nullable;

/// Container images: this station's cache of them, or another OCI image layout.
public interface ImageDesk {
  /// What is to be copied, and how.
  ///
  /// @param references as compose files have them
  /// @param platform `linux/arm64`
  /// @param layout where to; nothing for the station's cache
  /// @param insecure hosts that may speak plain http, or https under any certificate
  /// @param mirrors `docker.io=https://mirror.lab.example`
  /// @param offline asks no registry, only says what is lacking
  /// @param dryRun fetches no layers and writes nothing
  record CopyOrder(
      List<String> references,
      String platform,
      @Nullable Path layout,
      List<String> insecure,
      List<String> mirrors,
      boolean offline,
      boolean dryRun) {}

  /// How images leave.
  enum Format {
    /// As `docker save` writes it: for every daemon, but by tag only.
    DOCKER_ARCHIVE,
    /// An OCI image layout, with all digests.
    OCI
  }

  /// Copies images, or says what a copy would need. What is there already is read and, where it is
  /// damaged, fetched again.
  ///
  /// @return what became of each reference
  List<CopyOutcome> copy(CopyOrder order, Progress progress, Cancellation cancellation)
      throws IOException;

  /// The images that are there, and whether they are whole.
  ///
  /// @param layout nothing for the station's cache
  List<Kept> list(@Nullable Path layout) throws IOException;

  /// Writes images into one tar.
  ///
  /// @param references as they were written when they were copied, in any spelling; empty for all
  /// @param platform of them; nothing for every platform that is there
  /// @param output must not be there yet
  /// @return the images in it
  List<Image> export(
      List<String> references,
      @Nullable String platform,
      @Nullable Path layout,
      Path output,
      Format format,
      Progress progress,
      Cancellation cancellation)
      throws IOException;

  /// Removes images by their names, then all blobs that no image needs.
  ///
  /// @param references may be empty
  /// @return bytes freed
  long prune(List<String> references, @Nullable Path layout) throws IOException;
}
