package org.fieldlift.desktop.prepare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fieldlift.desktop.words.ProductName;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.DriveDesk.Tile;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.provision.DriveLook;
import org.fieldlift.provision.Plan;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.release.StoredRelease;

/// The picture of a plan: for every drive which share each release takes.
///
/// @param legend names of the releases, in the order of their letters
/// @param largest size of the largest drive, which spans the picture's width
record Split(List<String> legend, List<Bar> bars, long largest) {
  private static final int MOST_NAMES = 3;

  /// A drive.
  ///
  /// @param place where it is and what becomes of it
  /// @param free what stays free, in words
  /// @param now what is on it now, in words
  /// @param isForeign writing it erases something that is not ours
  /// @param lost what somebody could miss, by name; empty when the drive is ours or blank
  record Bar(
      Tile tile,
      String name,
      String place,
      List<Block> blocks,
      String free,
      String now,
      boolean isForeign,
      String lost) {
    boolean isUsed() {
      return !blocks.isEmpty();
    }
  }

  /// A stretch of a drive that holds one release, or a part of it.
  ///
  /// @param letter place of the release in the legend
  record Block(int letter, long bytes, String words) {
    /// The letter itself: A, B, C, … and A again after Z.
    String sign() {
      return Split.sign(letter);
    }
  }

  static String sign(int letter) {
    return Character.toString('A' + letter % 26);
  }

  static Split of(Optional<Plan> plan, List<Tile> tiles, Words words) {
    List<String> legend =
        plan.stream().flatMap(made -> made.releases().stream()).map(Split::name).toList();
    List<Bar> bars =
        tiles.stream()
            .map(tile ->
                plan.flatMap(made ->
                        planned(made, tile.path()).map(drive -> bar(made, drive, tile, words)))
                    .orElseGet(() -> unused(tile, words)))
            .toList();
    return new Split(legend, bars, tiles.stream().mapToLong(Tile::size).max().orElse(1));
  }

  private static String name(StoredRelease stored) {
    String product = ProductName.of(stored.release().product());
    String platform = ProductName.platform(stored.release().platform());
    return platform.equals("any") ? product : product + ", " + platform;
  }

  private static Optional<PlannedDrive> planned(Plan plan, Path target) {
    return plan.drives().stream()
        .filter(PlannedDrive::isUsed)
        .filter(drive -> drive.target().equals(target))
        .findFirst();
  }

  private static Bar bar(Plan plan, PlannedDrive drive, Tile tile, Words words) {
    List<Block> blocks = new ArrayList<>();
    for (int letter = 0; letter < plan.releases().size(); letter++) {
      StoredRelease release = plan.releases().get(letter);
      Digest id = release.signed().id();
      long bytes = drive.bytesOf(id);
      long whole = release.parts().size();
      if (bytes == 0) continue;
      String figure =
          bytes == whole
              ? words.gigabytes(bytes)
              : words.text("prepare.block.of", words.gigabytes(bytes), words.gigabytes(whole));
      blocks.add(new Block(letter, bytes, figure));
    }
    String place =
        tile.code().isEmpty()
            ? words.text("prepare.becomes", file(tile), PlainText.of(drive.code()))
            : words.text("prepare.number", file(tile), drive.number(), drive.of());
    String free =
        drive.free() < drive.size() / 100
            ? words.text("prepare.full")
            : words.text("prepare.free", words.size(drive.free()));
    return new Bar(
        tile,
        driveName(tile, words),
        place,
        blocks,
        free,
        now(drive.now(), words),
        isForeign(drive.now()),
        lost(drive.now(), words));
  }

  private static Bar unused(Tile tile, Words words) {
    boolean usable = tile.holds() != Holds.UNUSABLE;
    return new Bar(
        tile,
        driveName(tile, words),
        file(tile),
        List.of(),
        words.text(usable ? "prepare.unused" : "prepare.unusable"),
        usable ? words.text("prepare.stays") : PlainText.of(tile.words()),
        false,
        "");
  }

  static String driveName(Tile tile, Words words) {
    return tile.code().isEmpty() ? words.text("drive.new") : PlainText.of(tile.code());
  }

  static String file(Tile tile) {
    Path name = tile.path().getFileName();
    return PlainText.of(name == null ? tile.path().toString() : name.toString());
  }

  private static String now(DriveLook.Now now, Words words) {
    return switch (now) {
      case DriveLook.Now.Blank _, DriveLook.Now.NotMade _ -> words.text("prepare.now.blank");
      case DriveLook.Now.Foreign foreign ->
          words.text(
              isFull(foreign) ? "prepare.now.full" : "prepare.now.foreign", foreign.files().size());
      case DriveLook.Now.Unreadable _ -> words.text("prepare.now.unreadable");
      case DriveLook.Now.Ours ours -> words.text("prepare.now", held(ours));
    };
  }

  /// Whether writing erases something that is not ours.
  static boolean isForeign(DriveLook.Now now) {
    return switch (now) {
      case DriveLook.Now.Foreign foreign -> !foreign.files().isEmpty();
      case DriveLook.Now.Unreadable _ -> true;
      case DriveLook.Now.Blank _, DriveLook.Now.NotMade _, DriveLook.Now.Ours _ -> false;
    };
  }

  private static String lost(DriveLook.Now now, Words words) {
    if (!(now instanceof DriveLook.Now.Foreign foreign) || foreign.files().isEmpty()) return "";
    List<String> names = foreign.files().stream().limit(MOST_NAMES).map(PlainText::of).toList();
    String first = String.join(words.text("list.comma"), names);
    int more = foreign.files().size() - names.size();
    String files =
        more == 0
            ? words.list(names)
            : words.text(isFull(foreign) ? "list.many" : "list.more", first, more);
    return foreign.label().isBlank()
        ? files
        : words.text("erase.files", PlainText.of(foreign.label().strip()), files);
  }

  /// Files were counted only so far.
  private static boolean isFull(DriveLook.Now.Foreign foreign) {
    return foreign.files().size() >= DriveLook.MOST_FILES;
  }

  private static String held(DriveLook.Now.Ours ours) {
    return ours.manifest().releases().stream()
        .map(held -> ProductName.of(held.product()) + " " + PlainText.of(held.label()))
        .collect(Collectors.joining(", "));
  }
}
