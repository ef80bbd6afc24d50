package org.fieldlift.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Images in a layout, for tests of other rooms.
public final class ImageFixture {
  private ImageFixture() {}

  /// Puts an image of one file into a layout, for arm64 and for amd64; the file says which it is.
  public static void put(ImageLayout layout, String reference, String file) throws IOException {
    SampleImage sample = new SampleImage();
    Descriptor index =
        sample.index(
            "linux/arm64",
            sample.manifest("linux/arm64", tar(file, "for linux/arm64")),
            "linux/amd64",
            sample.manifest("linux/amd64", tar(file, "for linux/amd64")));
    try (LayoutChange change = layout.change()) {
      for (String platform : List.of("linux/arm64", "linux/amd64")) {
        Image image =
            new Resolution(ImageReference.parse(reference), Platform.parse(platform), sample::bytes)
                .resolve(index);
        for (Descriptor blob : image.blobs()) change.put(blob, sample.bytes(blob));
        change.add(image);
      }
    }
  }

  /// A tar of one file.
  public static byte[] tar(String file, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8")) {
      TarArchiveEntry entry = new TarArchiveEntry(file);
      entry.setModTime(0);
      entry.setSize(content.getBytes(UTF_8).length);
      out.putArchiveEntry(entry);
      out.write(content.getBytes(UTF_8));
      out.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
