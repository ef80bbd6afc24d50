package org.fieldlift.oci;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Images as `docker save` writes them, which every `docker load` understands. It knows tags only:
/// a daemon that loads it does not know the digests any more.
public final class DockerArchive {
  private DockerArchive() {}

  /// The images without those that differ from another in the spelling of their name alone.
  public static List<Image> distinct(List<Image> images) {
    Map<List<Object>, Image> distinct = new LinkedHashMap<>();
    for (Image image : images) {
      List<Object> same =
          List.of(image.reference().tagged(), image.manifest().digest(), image.config().digest());
      distinct.putIfAbsent(same, image);
    }
    return List.copyOf(distinct.values());
  }

  /// @param out stays open
  /// @throws Problem when two of the images have one name
  public static void write(
      ImageLayout layout,
      List<Image> images,
      OutputStream out,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    ArrayNode manifest = Json.array();
    Set<String> names = new HashSet<>();
    for (Image image : images) manifest.add(line(image, names));
    images.forEach(image -> progress.expect(image.config().size()));
    images.forEach(image -> image.layers().forEach(layer -> progress.expect(layer.size())));
    try (BlobTar tar = new BlobTar(layout, out, progress, cancellation)) {
      for (Image image : images) {
        tar.blob(image.config());
        for (Descriptor layer : image.layers()) tar.blob(layer);
      }
      tar.file("manifest.json", Json.line(manifest).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static ObjectNode line(Image image, Set<String> names) throws Problem {
    ObjectNode line = Json.object();
    line.put("Config", BlobTar.path(image.config()));
    ArrayNode tags = line.putArray("RepoTags");
    if (image.reference().tag() != null) {
      String name = image.reference().tagged();
      if (!names.add(name)) {
        throw Problem.usage(
            "Two of these images are called %s.".formatted(PlainText.of(name)),
            "Take one of them at a time: for several platforms say --platform, or --format oci.");
      }
      tags.add(name);
    }
    ArrayNode layers = line.putArray("Layers");
    image.layers().forEach(layer -> layers.add(BlobTar.path(layer)));
    return line;
  }
}
