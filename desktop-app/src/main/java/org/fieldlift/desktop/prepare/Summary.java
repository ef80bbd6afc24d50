package org.fieldlift.desktop.prepare;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.fieldlift.desktop.words.ProductName;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.PlainText;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan;

/// What was chosen, in one line each.
final class Summary {
  private static final int MOST_NAMES = 3;

  private Summary() {}

  /// "Microscope 2026.1.1 and Species Atlas 7.2".
  static String releases(List<Row> chosen, Words words) {
    if (chosen.isEmpty()) return words.text("prepare.what.none");
    return names(
        chosen.stream().map(row -> ProductName.of(row.product()) + " " + PlainText.of(row.label())),
        words);
  }

  /// The same for a plan.
  static String releases(Plan plan, Words words) {
    return names(
        plan.releases().stream()
            .map(stored -> stored.release())
            .map(
                release -> ProductName.of(release.product()) + " " + PlainText.of(release.label())),
        words);
  }

  /// "Microscope 2025.4.2 has been expired since 30 Jun 2026; devices refuse it."
  static String expired(Row row, Instant end, Words words) {
    return words.text(
        "prepare.expired",
        ProductName.of(row.product()) + " " + PlainText.of(row.label()),
        words.date(end));
  }

  /// "RV Meridian and Station North".
  static String sites(List<Device> chosen, Words words) {
    if (chosen.isEmpty()) return words.text("prepare.whom.none");
    return names(chosen.stream().map(device -> site(device, words)), words);
  }

  /// Where a device stands, in words when nobody said.
  static String site(Device device, Words words) {
    return device.site().isEmpty() ? words.text("site.unknown") : PlainText.of(device.site());
  }

  private static String names(Stream<String> all, Words words) {
    List<String> names = all.distinct().toList();
    if (names.size() <= MOST_NAMES) return words.list(names);
    return words.text(
        "list.more",
        String.join(words.text("list.comma"), names.subList(0, MOST_NAMES - 1)),
        names.size() - MOST_NAMES + 1);
  }
}
