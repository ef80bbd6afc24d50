package org.fieldlift.oci.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.fieldlift.io.Digest;
import org.fieldlift.oci.Descriptor;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.LayoutChange;

/// A layout with images for linux/amd64 that share a layer.
public record SampleLayout(ImageLayout layout) {
  private static final String OCI = "application/vnd.oci.image.";
  private static final String LAYERS = "\"sha256:aa\",\"sha256:bb\"";

  public static SampleLayout at(Path folder) throws IOException {
    return new SampleLayout(ImageLayout.at(folder));
  }

  /// An image pinned to an index that has another platform too.
  public Image pinned(String name, int size) throws IOException {
    Descriptor manifest = manifest(size, "amd64");
    String ours = json(manifest, ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}");
    Descriptor other = new Descriptor(OCI + "manifest.v1+json", Digest.of(new byte[9]), 9);
    String theirs = json(other, ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}");
    Descriptor index =
        put(
            OCI + "index.v1+json",
            "{\"schemaVersion\":2,\"manifests\":[%s,%s]}".formatted(theirs, ours).getBytes(UTF_8));
    return add(name + "@" + index.digest(), "linux/amd64", index);
  }

  /// An image that has a tag only.
  public Image tagged(String name) throws IOException {
    return tagged(name, "amd64");
  }

  /// The same for another processor, built anew for it.
  public Image tagged(String name, String architecture) throws IOException {
    return add(name, "linux/" + architecture, manifest(100, architecture));
  }

  public Path blob(Descriptor descriptor) {
    return layout.blob(descriptor.digest()).orElseThrow();
  }

  public void damage(Descriptor descriptor) throws IOException {
    byte[] bytes = Files.readAllBytes(blob(descriptor));
    bytes[bytes.length / 2] ^= 1;
    Files.write(blob(descriptor), bytes);
  }

  /// What a daemon says of an image that it has.
  public static String inspected(Image image, Digest id) {
    return "{\"Id\":\"%s\",\"Os\":\"linux\",\"Architecture\":\"amd64\",\"RootFS\":{\"Layers\":[%s]},\"Size\":%d}"
        .formatted(id, LAYERS, image.size());
  }

  private Image add(String reference, String platform, Descriptor target) throws IOException {
    ImageReference parsed = ImageReference.parse(reference);
    try (LayoutChange change = layout.change()) {
      Image named = new Image(parsed, platform, target, target, target, List.of());
      change.add(named);
    }
    return layout.images().stream()
        .filter(image -> image.reference().equals(parsed) && image.platform().equals(platform))
        .findFirst()
        .orElseThrow();
  }

  private Descriptor manifest(int size, String architecture) throws IOException {
    byte[] own = new byte[size];
    new Random(size).nextBytes(own);
    Descriptor config =
        put(
            OCI + "config.v1+json",
            ("{\"os\":\"linux\",\"architecture\":\""
                    + architecture
                    + "\",\"rootfs\":{\"diff_ids\":["
                    + LAYERS
                    + "]},"
                    + "\"own\":"
                    + size
                    + "}")
                .getBytes(UTF_8));
    Descriptor base = put(OCI + "layer.v1.tar+gzip", "base".getBytes(UTF_8));
    Descriptor top = put(OCI + "layer.v1.tar+gzip", own);
    return put(
        OCI + "manifest.v1+json",
        "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s,%s]}"
            .formatted(json(config, ""), json(base, ""), json(top, ""))
            .getBytes(UTF_8));
  }

  private Descriptor put(String type, byte[] bytes) throws IOException {
    Descriptor descriptor = new Descriptor(type, Digest.of(bytes), bytes.length);
    try (LayoutChange change = layout.change()) {
      change.put(descriptor, bytes);
    }
    return descriptor;
  }

  private static String json(Descriptor blob, String more) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
        .formatted(blob.mediaType(), blob.digest(), blob.size(), more);
  }
}
