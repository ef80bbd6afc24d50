package org.fieldlift.oci;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// Images as the tar of an OCI image layout, which keeps their digests: for containerd's `load`,
/// skopeo, crane, and another Fieldlift.
public final class LayoutArchive {
  private LayoutArchive() {}

  /// @param out stays open
  public static void write(
      ImageLayout layout,
      List<Image> images,
      OutputStream out,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Set<Descriptor> blobs = new LinkedHashSet<>();
    images.forEach(image -> blobs.addAll(image.blobs()));
    blobs.forEach(blob -> progress.expect(blob.size()));
    try (BlobTar tar = new BlobTar(layout, out, progress, cancellation)) {
      for (var file : ImageLayout.documents(images).entrySet()) {
        tar.file(file.getKey(), file.getValue());
      }
      for (Descriptor blob : blobs) tar.blob(blob);
    }
  }
}
