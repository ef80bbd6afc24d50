package org.fieldlift.oci.docker.loading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Turn;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.docker.Docker;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Which images Fieldlift has brought into which daemon, so that it never offers to remove one that
/// somebody else did.
///
/// An image is remembered before it is loaded: after a crash there may be one too many here, which
/// does no harm, and never one too few.
///
/// @param file made when first needed
public record LoadMemory(Path file) {
  private static final String SCHEMA = "fieldlift.loaded-images/1";
  private static final int LARGEST = 16 << 20;

  /// @param socket of the daemon
  /// @param ids by which the daemon may know it: of what the reference names, or of its
  ///   configuration
  record Entry(String socket, ImageReference reference, List<Digest> ids) {
    Entry {
      ids = List.copyOf(ids);
    }

    private String key() {
      return socket + " " + reference.canonical();
    }
  }

  List<Entry> entries(Docker docker) throws IOException {
    String socket = docker.socket().toString();
    return read().stream().filter(entry -> entry.socket().equals(socket)).toList();
  }

  /// Images that get the name their reference has.
  void add(Docker docker, List<Image> images) throws IOException {
    put(docker, images, image -> image.reference().canonical());
  }

  /// Images that get a tag only.
  void addTags(Docker docker, List<Image> images) throws IOException {
    put(docker, images, image -> image.reference().tagged());
  }

  private void put(Docker docker, List<Image> images, Function<Image, String> name)
      throws IOException {
    if (images.isEmpty()) return;
    try (Turn _ = Turn.take(file)) {
      TreeMap<String, Entry> all = new TreeMap<>();
      for (Entry entry : read()) all.put(entry.key(), entry);
      for (Image image : images) {
        List<Digest> ids =
            List.of(image.target().digest(), image.manifest().digest(), image.config().digest());
        ImageReference reference = ImageReference.parse(name.apply(image));
        Entry entry = new Entry(docker.socket().toString(), reference, ids);
        all.put(entry.key(), entry);
      }
      write(all.values());
    }
  }

  void remove(Docker docker, ImageReference reference) throws IOException {
    String socket = docker.socket().toString();
    try (Turn _ = Turn.take(file)) {
      List<Entry> left = new ArrayList<>(read());
      left.removeIf(entry ->
          entry.socket().equals(socket)
              && entry.reference().canonical().equals(reference.canonical()));
      write(left);
    }
  }

  private List<Entry> read() throws IOException {
    if (!Files.exists(file)) return List.of();
    Fields fields = Fields.read(Limits.readFile(file, LARGEST), file.toString());
    fields.requireSchema(SCHEMA);
    List<Entry> all = new ArrayList<>();
    for (Fields each : fields.objects("images")) {
      List<Digest> ids = new ArrayList<>();
      for (String id : each.texts("ids")) {
        if (!Digest.looksLike(id)) throw each.wrong("ids", "digests");
        ids.add(Digest.parse(id));
      }
      all.add(new Entry(each.text("docker"), ImageReference.parse(each.text("reference")), ids));
    }
    return all;
  }

  private void write(Collection<Entry> entries) throws IOException {
    ObjectNode json = Json.object().put("schema", SCHEMA);
    ArrayNode images = json.putArray("images");
    for (Entry entry : entries) {
      ObjectNode node = images.addObject();
      node.put("docker", entry.socket()).put("reference", entry.reference().text());
      ArrayNode ids = node.putArray("ids");
      entry.ids().forEach(id -> ids.add(id.toString()));
    }
    AtomicFiles.write(file, Json.write(json));
  }
}
