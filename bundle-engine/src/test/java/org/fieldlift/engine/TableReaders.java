package org.fieldlift.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;

/// The reader of tables that a spreadsheet wrote.
public final class TableReaders {
  private TableReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of(
        "device-csv",
        bytes -> {
          Path table = Files.createTempFile("devices", ".csv");
          try {
            DeviceCsv.read(Files.write(table, bytes));
          } finally {
            Files.delete(table);
          }
        });
  }
}
