package org.fieldlift.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.fieldlift.fuzz.ForeignReader.requireSame;

import java.util.List;
import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;

/// The readers of what registries and layouts say.
public final class ImageReaders {
  private ImageReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of(
        "image-reference",
        ImageReaders::reference,
        "image-manifest",
        bytes -> Document.read(bytes, "", "The image"),
        "image-index",
        ImageReaders::index,
        "auth-challenge",
        bytes -> Challenge.all(List.of(new String(bytes, UTF_8))));
  }

  private static void reference(byte[] bytes) throws Exception {
    String canonical = ImageReference.parse(new String(bytes, UTF_8)).canonical();
    requireSame(canonical, ImageReference.parse(canonical).canonical());
  }

  private static void index(byte[] bytes) throws Exception {
    byte[] written = LayoutIndex.parse(bytes, "index.json").bytes();
    byte[] again = LayoutIndex.parse(written, "index.json").bytes();
    requireSame(new String(written, UTF_8), new String(again, UTF_8));
  }
}
