package org.fieldlift.cli;

import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.PlainText;

/// Aligned columns for people. Foreign text is made plain on its way in.
final class Table {
  private static final String GAP = "  ";

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... header) {
    this.header = List.of(header);
  }

  void row(String... cells) {
    rows.add(List.of(cells).stream().map(PlainText::of).toList());
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public String toString() {
    int[] widths = new int[header.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = header.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    append(text, header, widths);
    for (List<String> row : rows) append(text.append('\n'), row, widths);
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> cells, int[] widths) {
    int start = text.length();
    for (int column = 0; column < widths.length; column++) {
      if (column > 0) text.append(GAP);
      text.append(cells.get(column));
      text.repeat(" ", widths[column] - cells.get(column).length());
    }
    while (text.length() > start && text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
  }
}
