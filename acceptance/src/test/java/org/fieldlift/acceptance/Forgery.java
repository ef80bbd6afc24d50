package org.fieldlift.acceptance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.fieldlift.io.Json;
import org.fieldlift.trust.SigningKey;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A directory form in the hands of somebody who wants no good, and who may hold a key that the
/// station trusts: what is signed by it must still not do harm.
record Forgery(Path folder, SigningKey key) {
  private static final int GZIP_HEADER = 10;

  /// A copy to forge.
  static Forgery of(Path release, Path copy, SigningKey key) {
    Leftovers.delete(copy);
    Program.run("cp", "-a", release, copy).well();
    return new Forgery(copy, key);
  }

  /// Another `release.json`, signed like the right one.
  Forgery signed(byte[] json) throws IOException {
    Files.write(folder.resolve("release.json"), json);
    Files.write(folder.resolve("release.json.sigstore.json"), key.signBundle(json));
    String id = Digests.of(json);
    return parts(list -> list.put("release", id));
  }

  /// A changed `release.json`, signed like the right one.
  Forgery manifest(Consumer<ObjectNode> change) throws IOException {
    ObjectNode json = read("release.json");
    change.accept(json);
    return signed(Json.write(json));
  }

  /// A `release.json` with a changed list of entries, signed like the right one.
  Forgery entries(Consumer<ArrayNode> change) throws IOException {
    return manifest(json -> change.accept((ArrayNode) json.get("entries")));
  }

  /// A changed `parts.json`.
  Forgery parts(Consumer<ObjectNode> change) throws IOException {
    ObjectNode json = read("parts.json");
    change.accept(json);
    Files.write(folder.resolve("parts.json"), Json.write(json));
    return this;
  }

  /// The parts in archive order.
  List<Path> parts() throws IOException {
    List<Path> files = new ArrayList<>();
    for (var part : read("parts.json").get("parts")) {
      files.add(folder.resolve("parts").resolve(part.get("sha256").stringValue()));
    }
    return files;
  }

  /// Another part in this place of the archive, listed as it is.
  Forgery part(int place, byte[] bytes) throws IOException {
    String digest = Digests.of(bytes);
    Files.write(folder.resolve("parts").resolve(digest), bytes);
    return parts(json -> {
      ObjectNode part = (ObjectNode) json.get("parts").get(place);
      part.put("sha256", digest).put("size", bytes.length);
    });
  }

  /// The same part with another tar in it, packed as Fieldlift packs.
  Forgery tar(int place, UnaryOperator<byte[]> change) throws IOException {
    byte[] part = Files.readAllBytes(parts().get(place));
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(part)).readAllBytes();
    return part(place, member(Arrays.copyOf(part, GZIP_HEADER), change.apply(plain)));
  }

  /// A gzip member.
  static byte[] member(byte[] header, byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header);
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(plain);
    deflater.finish();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) out.write(buffer, 0, deflater.deflate(buffer));
    deflater.end();
    CRC32 crc = new CRC32();
    crc.update(plain);
    ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    out.writeBytes(trailer.putInt((int) crc.getValue()).putInt(plain.length).array());
    return out.toByteArray();
  }

  private ObjectNode read(String name) throws IOException {
    return Json.readObject(Files.readAllBytes(folder.resolve(name)), name);
  }
}
