package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a device remembers between imports: the highest sequence it accepted of each product, and
/// the latest trusted time it saw (clocks in the field go wrong).
///
/// Stops a genuine but old release with a known hole from being put back. A file that cannot be
/// read is therefore an error, never an empty memory.
public final class DeviceState {
  private static final String FILE = "device.json";
  private static final String SCHEMA = "fieldlift.device/1";
  private static final int LARGEST = 4 << 20;

  /// @param label of the release with the highest sequence
  record Accepted(long sequence, String label) {}

  /// @param latest the latest time a log or timestamp authority vouched for; null for none yet
  private record Memory(Map<String, Accepted> products, @Nullable Instant latest) {}

  private final Path file;

  private DeviceState(Path file) {
    this.file = file;
  }

  /// @param folder made when missing
  public static DeviceState open(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new DeviceState(folder.resolve(FILE));
  }

  /// The newest release of a product that was accepted.
  Optional<Accepted> accepted(String product) throws IOException {
    return Optional.ofNullable(read().products().get(product));
  }

  Optional<Instant> latestTime() throws IOException {
    return Optional.ofNullable(read().latest());
  }

  /// Remembers a release that is in the store now. What is remembered only rises.
  ///
  /// @param signedAt a time an authority vouched for; null when the signature proves none
  void accept(Release release, @Nullable Instant signedAt) throws IOException {
    Memory old = read();
    Map<String, Accepted> products = new TreeMap<>(old.products());
    products.merge(
        release.product(),
        new Accepted(release.sequence(), release.label()),
        (before, now) -> now.sequence() > before.sequence() ? now : before);
    Instant latest = old.latest();
    if (latest == null || (signedAt != null && signedAt.isAfter(latest))) latest = signedAt;
    Memory now = new Memory(products, latest);
    if (!now.equals(old)) AtomicFiles.write(file, write(now));
  }

  private Memory read() throws IOException {
    if (!Files.exists(file)) return new Memory(Map.of(), null);
    try {
      return read(Fields.read(Limits.readFile(file, LARGEST), FILE));
    } catch (Problem unreadable) {
      throw new Problem(
          Problem.Kind.FAILED,
          "This device cannot read what it remembers of earlier imports: " + unreadable.what(),
          "Tell whoever looks after the device; without "
              + file
              + " it no longer knows which releases are too old.",
          unreadable);
    }
  }

  private static Memory read(Fields fields) throws Problem {
    fields.requireSchema(SCHEMA);
    Map<String, Accepted> products = new TreeMap<>();
    for (Fields product : fields.objects("products")) {
      products.put(
          product.text("product"), new Accepted(product.number("sequence"), product.text("label")));
    }
    return new Memory(products, fields.isAbsent("latestTime") ? null : fields.time("latestTime"));
  }

  private static byte[] write(Memory memory) {
    ObjectNode json = Json.object().put("schema", SCHEMA);
    Instant latest = memory.latest();
    if (latest != null) json.put("latestTime", latest.toString());
    ArrayNode products = json.putArray("products");
    memory
        .products()
        .forEach((product, accepted) ->
            products
                .addObject()
                .put("product", product)
                .put("sequence", accepted.sequence())
                .put("label", accepted.label()));
    return Json.write(json);
  }
}
