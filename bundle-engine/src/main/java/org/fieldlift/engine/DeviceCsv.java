package org.fieldlift.engine;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.State.Device;

/// Devices from a table that a spreadsheet wrote: CSV (RFC 4180) with a header line. `id` must be
/// there; `name`, `site`, `platform` and `keeper` may be; other columns are refused, so that a
/// misspelt one is not lost in silence.
final class DeviceCsv {
  private static final Set<String> COLUMNS = Set.of("id", "name", "site", "platform", "keeper");
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  private DeviceCsv() {}

  static List<Device> read(Path csv) throws IOException {
    List<CSVRecord> rows = rows(csv);
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
    for (CSVRecord row : rows.subList(1, rows.size())) {
      if (row.size() != header.size()) {
        throw wrong(csv, "row " + row.getRecordNumber() + " has " + row.size() + " fields");
      }
      Device device = device(header, row);
      if (!ids.add(device.id())) {
        throw wrong(csv, "the id " + PlainText.of(device.id()) + " stands in it twice");
      }
      devices.add(device);
    }
    return devices;
  }

  private static List<CSVRecord> rows(Path csv) throws IOException {
    String text = NamedFile.text(csv, "table");
    try (CSVParser parser = CSVParser.parse(new StringReader(text), FORMAT)) {
      return parser.getRecords();
    } catch (IOException | UncheckedIOException e) {
      throw wrong(csv, String.valueOf(e.getMessage()));
    }
  }

  private static Device device(List<String> header, CSVRecord row) {
    return new Device(
        field(header, row, "id"),
        field(header, row, "name"),
        field(header, row, "site"),
        field(header, row, "platform"),
        field(header, row, "keeper"));
  }

  private static String field(List<String> header, CSVRecord row, String column) {
    int at = header.indexOf(column);
    return at < 0 ? "" : row.get(at).strip();
  }

  private static Problem wrong(Path csv, String why) {
    return Problem.usage(
        "The table "
            + PlainText.of(csv.toString())
            + " cannot be taken in: "
            + PlainText.of(why)
            + ".",
        "Use the columns id, name, site, platform, keeper; nothing was changed.");
  }
}
