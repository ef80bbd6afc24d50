package org.fieldlift.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Blobs that make up an image, as somebody may have built it.
final class SampleImage {
  static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
  static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";

  final Map<Digest, byte[]> blobs = new LinkedHashMap<>();

  /// Bytes nobody can compress.
  static byte[] layer(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  Descriptor blob(String mediaType, byte[] bytes) {
    Digest digest = Digest.of(bytes);
    blobs.put(digest, bytes);
    return new Descriptor(mediaType, digest, bytes.length);
  }

  Descriptor config(String platform) {
    String[] parts = platform.split("/");
    ObjectNode config = Json.object();
    config.put("os", parts[0]);
    config.put("architecture", parts[1]);
    if (parts.length > 2) config.put("variant", parts[2]);
    return blob(OCI_CONFIG, Json.write(config));
  }

  /// A manifest for one platform.
  Descriptor manifest(String platform, byte[]... layers) {
    List<Descriptor> all = new ArrayList<>();
    for (byte[] layer : layers) all.add(blob(OCI_LAYER, layer));
    return manifest(MediaTypes.OCI_MANIFEST, config(platform), all);
  }

  Descriptor manifest(String mediaType, Descriptor config, List<Descriptor> layers) {
    ObjectNode manifest = Json.object();
    manifest.put("schemaVersion", 2);
    manifest.put("mediaType", mediaType);
    manifest.set("config", config.json());
    ArrayNode list = manifest.putArray("layers");
    layers.forEach(layer -> list.add(layer.json()));
    // Written as nobody else would, so that a copy that is written anew shows.
    byte[] bytes = (Json.line(manifest) + " \n\t").getBytes(UTF_8);
    return blob(mediaType, bytes);
  }

  /// An index of manifests (platform, manifest in turn).
  Descriptor index(Object... platformsAndManifests) {
    ObjectNode index = Json.object();
    index.put("schemaVersion", 2);
    index.put("mediaType", MediaTypes.OCI_INDEX);
    ArrayNode list = index.putArray("manifests");
    for (int i = 0; i < platformsAndManifests.length; i += 2) {
      String[] parts = ((String) platformsAndManifests[i]).split("/");
      ObjectNode line = ((Descriptor) platformsAndManifests[i + 1]).json();
      ObjectNode platform = line.putObject("platform");
      platform.put("os", parts[0]);
      platform.put("architecture", parts[1]);
      if (parts.length > 2) platform.put("variant", parts[2]);
      list.add(line);
    }
    return blob(MediaTypes.OCI_INDEX, Json.write(index));
  }

  Descriptor json(String mediaType, String text) {
    return blob(mediaType, text.getBytes(UTF_8));
  }

  byte[] bytes(Descriptor descriptor) {
    return Arrays.copyOf(blobs.get(descriptor.digest()), (int) descriptor.size());
  }
}
