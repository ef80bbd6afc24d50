package org.fieldlift.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.fieldlift.io.Json;
import org.fieldlift.ledger.State;
import org.fieldlift.ledger.State.ManifestRow;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The manifest as files people keep: JSON for programs, CSV for spreadsheets.
final class ManifestExport {
  private static final String SCHEMA = "fieldlift.manifest/1";
  private static final List<String> COLUMNS =
      List.of(
          "device",
          "name",
          "site",
          "platform",
          "keeper",
          "product",
          "version",
          "release",
          "state",
          "sureness",
          "since",
          "onTheWay",
          "onTheWayProduct",
          "onTheWayVersion");

  private ManifestExport() {}

  static void json(State state, OutputStream out) throws IOException {
    ObjectNode document = Json.object();
    document.put("schema", SCHEMA);
    ArrayNode devices = document.putArray("devices");
    for (ManifestRow row : state.manifest()) {
      ObjectNode device = devices.addObject();
      List<String> fields = fields(row, state);
      for (int i = 0; i < COLUMNS.size(); i++) device.put(COLUMNS.get(i), fields.get(i));
    }
    out.write(Json.write(document));
  }

  static void csv(State state, OutputStream out) throws IOException {
    try (CSVPrinter table = new CSVPrinter(new StringBuilder(), CSVFormat.RFC4180)) {
      table.printRecord(COLUMNS);
      for (ManifestRow row : state.manifest()) {
        table.printRecord(fields(row, state).stream().map(ManifestExport::unspoken).toList());
      }
      out.write(table.getOut().toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /// A field that a spreadsheet would take for a formula gets a leading apostrophe (CWE-1236).
  private static String unspoken(String field) {
    return !field.isEmpty() && "=+-@\t\r".indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
  }

  private static List<String> fields(ManifestRow row, State state) {
    Optional<State.KnownRelease> has = row.has();
    Optional<State.Delivery> delivery = row.delivery();
    boolean arrived =
        has.isPresent() && delivery.isPresent() && delivery.get().release().equals(has.get().id());
    Optional<State.Delivery> coming = delivery.filter(each -> !arrived);
    Optional<State.KnownRelease> comes = coming.map(each -> state.releases().get(each.release()));
    return List.of(
        row.device().id(),
        row.device().name(),
        row.device().site(),
        row.device().platform(),
        row.device().keeper(),
        has.map(State.KnownRelease::product).orElse(""),
        has.map(State.KnownRelease::version).orElse(""),
        has.map(release -> release.id().hex()).orElse(""),
        delivery.map(each -> word(each.state())).orElse(""),
        delivery.map(each -> word(each.sureness())).orElse(""),
        delivery.map(each -> each.since().toString()).orElse(""),
        coming.map(each -> each.release().hex()).orElse(""),
        comes.map(State.KnownRelease::product).orElse(""),
        comes.map(State.KnownRelease::version).orElse(""));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
