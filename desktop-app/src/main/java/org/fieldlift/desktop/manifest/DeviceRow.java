package org.fieldlift.desktop.manifest;

import java.util.List;
import java.util.Optional;
import org.fieldlift.desktop.words.ProductName;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.ledger.Fact.Sureness;
import org.fieldlift.ledger.State;
import org.fieldlift.ledger.State.Delivery;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.ledger.State.KnownRelease;
import org.fieldlift.ledger.State.ManifestRow;

/// A line of the manifest in a person's words.
///
/// @param release what it has; empty when nothing was ever delivered
/// @param sureness steps of the meter, 0 to 4
/// @param sinceDay for sorting; 0 when nothing was ever delivered
record DeviceRow(
    String device,
    String name,
    String site,
    Optional<Digest> release,
    String has,
    int sureness,
    String sure,
    long sinceDay,
    String since,
    String drive) {

  static DeviceRow of(ManifestRow row, State state, Words words) {
    Device device = row.device();
    Optional<Delivery> delivery = row.delivery();
    return new DeviceRow(
        PlainText.of(device.id()),
        PlainText.of(device.name()),
        device.site().isEmpty() ? words.text("site.unknown") : PlainText.of(device.site()),
        row.has().map(KnownRelease::id),
        row.has().map(DeviceRow::name).orElse(words.text("manifest.nothing")),
        delivery.map(known -> steps(known.sureness())).orElse(0),
        delivery.map(known -> sure(known, words)).orElse(""),
        delivery.map(known -> known.since().getEpochSecond()).orElse(0L),
        delivery.map(known -> words.date(known.since())).orElse(""),
        delivery.map(known -> drives(known, state, words)).orElse(""));
  }

  static String name(KnownRelease release) {
    return ProductName.of(release.product()) + " " + PlainText.of(release.version());
  }

  private static int steps(Sureness sureness) {
    return switch (sureness) {
      case ASSUMED -> 1;
      case REPORTED -> 2;
      case CONFIRMED -> 3;
      case PROVEN -> 4;
    };
  }

  private static String sure(Delivery delivery, Words words) {
    return words.text(
        "sure",
        words.text("sureness." + delivery.sureness()),
        words.text("delivery." + delivery.state()));
  }

  private static String drives(Delivery delivery, State state, Words words) {
    List<String> codes =
        state.drives().values().stream()
            .filter(drive -> drive.set().equals(delivery.set()))
            .map(State.Drive::code)
            .map(PlainText::of)
            .sorted()
            .toList();
    return String.join(words.text("list.comma"), codes);
  }
}
