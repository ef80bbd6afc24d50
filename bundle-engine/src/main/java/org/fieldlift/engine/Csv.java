package org.fieldlift.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Comma-separated values as RFC 4180 has them.
final class Csv {
  private Csv() {}

  /// Rows of fields; blank lines are left out.
  static List<List<String>> parse(String text, String name) throws Problem {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      if (quoted) {
        if (i == text.length()) {
          throw Problem.usage(
              "In " + PlainText.of(name) + " a quotation mark is never closed.",
              "Save the table as CSV again; nothing was changed.");
        }
        if (c != '"') field.append(c);
        else if (i + 1 < text.length() && text.charAt(i + 1) == '"') field.append(text.charAt(++i));
        else quoted = false;
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        row.add(take(field));
      } else if (c == '\n') {
        row.add(take(field));
        if (row.size() > 1 || !row.getFirst().isBlank()) rows.add(row);
        row = new ArrayList<>();
      } else if (c != '\r') {
        field.append(c);
      }
    }
    return rows;
  }

  /// One line with its end. A field that a spreadsheet would take for a formula gets a leading
  /// apostrophe (CSV injection, CWE-1236).
  static String line(List<String> fields) {
    return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean needsQuotes =
        safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needsQuotes ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static String take(StringBuilder field) {
    String text = field.toString();
    field.setLength(0);
    return text;
  }
}
