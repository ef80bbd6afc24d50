package org.fieldlift.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.State.Device;

/// Devices from a table that a spreadsheet wrote: CSV (RFC 4180) with a header line. `id` must be
/// there; `name`, `site`, `platform` and `keeper` may be; other columns are refused, so that a
/// misspelt one is not lost in silence.
final class DeviceCsv {
  /// Largest table that is read, in bytes.
  static final int LARGEST = 32 << 20;

  private static final Set<String> COLUMNS = Set.of("id", "name", "site", "platform", "keeper");

  private DeviceCsv() {}

  static List<Device> read(Path csv) throws IOException {
    if (!Files.isRegularFile(csv)) {
      throw Problem.usage(
          "There is no table " + PlainText.of(csv.toString()) + ".",
          "Give the path of a CSV file.");
    }
    String text = new String(Json.readFile(csv, LARGEST), StandardCharsets.UTF_8);
    if (text.startsWith("\uFEFF")) text = text.substring(1);
    List<List<String>> rows = Csv.parse(text, csv.getFileName().toString());
    if (rows.isEmpty()) throw wrong(csv, "it is empty");
    List<String> header =
        rows.getFirst().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    if (!header.contains("id")) throw wrong(csv, "its first line has no column \"id\"");
    for (String column : header) {
      if (!COLUMNS.contains(column)) {
        throw wrong(csv, "it has a column \"" + PlainText.of(column) + "\" nobody knows");
      }
    }
    List<Device> devices = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int line = 1; line < rows.size(); line++) {
      List<String> row = rows.get(line);
      if (row.size() != header.size()) {
        throw wrong(csv, "row " + (line + 1) + " has " + row.size() + " fields");
      }
      Map<String, String> fields = new HashMap<>();
      for (int i = 0; i < row.size(); i++) fields.put(header.get(i), row.get(i).strip());
      Device device =
          new Device(
              fields.getOrDefault("id", ""),
              fields.getOrDefault("name", ""),
              fields.getOrDefault("site", ""),
              fields.getOrDefault("platform", ""),
              fields.getOrDefault("keeper", ""));
      if (!ids.add(device.id())) {
        throw wrong(csv, "the id " + PlainText.of(device.id()) + " stands in it twice");
      }
      devices.add(device);
    }
    return devices;
  }

  private static Problem wrong(Path csv, String why) {
    return Problem.usage(
        "The table " + PlainText.of(csv.toString()) + " cannot be taken in: " + why + ".",
        "Use the columns id, name, site, platform, keeper; nothing was changed.");
  }
}
