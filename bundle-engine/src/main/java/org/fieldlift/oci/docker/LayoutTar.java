package org.fieldlift.oci.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Json;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Descriptor;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.ImageReference;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Images as a tar for `docker load`, in one of the two forms it takes.
///
/// @param images for one platform each; what of an index belongs to others may be missing
record LayoutTar(ImageLayout layout, List<Image> images) {
  /// The annotation by which containerd's store names an image.
  private static final String NAME = "io.containerd.image.name";

  private static final byte[] LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8);
  private static final String BLOBS = "blobs/sha256/";

  /// Bytes of all blobs, each counted once.
  long bytes() {
    return blobs().values().stream().mapToLong(Descriptor::size).sum();
  }

  /// An OCI image layout, each image named by its digest where it is pinned. A tag is one record in
  /// containerd's store: named by it, an image would lose its name to the next release that has the
  /// same tag, and the release before could no longer be gone back to.
  void writeLayout(OutputStream out, Progress progress, Cancellation cancellation)
      throws IOException {
    TarOutput tar = new TarOutput(out, progress, cancellation);
    tar.put("oci-layout", LAYOUT);
    tar.put("index.json", Json.line(index()).getBytes(UTF_8));
    putBlobs(tar);
  }

  /// Docker's own older form, which knows tags and no digests.
  void writeArchive(OutputStream out, Progress progress, Cancellation cancellation)
      throws IOException {
    TarOutput tar = new TarOutput(out, progress, cancellation);
    tar.put("manifest.json", Json.line(archive()).getBytes(UTF_8));
    putBlobs(tar);
  }

  private ObjectNode index() {
    ObjectNode index = Json.object().put("schemaVersion", 2);
    ArrayNode manifests = index.putArray("manifests");
    for (Image image : images) {
      ObjectNode line = manifests.addObject();
      line.put("mediaType", image.target().mediaType());
      line.put("digest", image.target().digest().toString());
      line.put("size", image.target().size());
      line.putObject("annotations").put(NAME, image.reference().canonical());
    }
    return index;
  }

  private ArrayNode archive() {
    ArrayNode all = Json.array();
    for (Image image : images) {
      ObjectNode line = all.addObject().put("Config", path(image.config()));
      line.putArray("RepoTags").add(tagged(image.reference()));
      ArrayNode layers = line.putArray("Layers");
      image.layers().forEach(layer -> layers.add(path(layer)));
    }
    return all;
  }

  /// The reference without its digest.
  static String tagged(ImageReference reference) {
    return reference.name() + ":" + reference.tag();
  }

  private void putBlobs(TarOutput tar) throws IOException {
    for (Descriptor blob : blobs().values()) tar.put(path(blob), blob, layout);
    tar.end();
  }

  private static String path(Descriptor blob) {
    return BLOBS + blob.digest().hex();
  }

  private Map<Digest, Descriptor> blobs() {
    Map<Digest, Descriptor> all = new LinkedHashMap<>();
    for (Image image : images) {
      image.blobs().forEach(blob -> all.putIfAbsent(blob.digest(), blob));
    }
    return all;
  }
}
