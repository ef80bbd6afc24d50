package org.fieldlift.desktop.dock;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.ProductName;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Tile;
import org.fieldlift.io.PlainText;
import org.fieldlift.ledger.State;

/// A drive as its tile shows it.
///
/// @param place where it is plugged in and what it is
/// @param lower share of the bar: used, or written while a lane runs
/// @param upper share of the bar drawn over it: checked
/// @param canBeChecked it is ours, and nothing writes it now
record TileLook(
    Path path,
    boolean isVirtual,
    String name,
    String place,
    String size,
    double lower,
    double upper,
    Mood mood,
    String words,
    boolean usable,
    boolean canBeChecked) {

  static TileLook of(Tile tile, State state, Optional<LaneState> lane, Words words) {
    String code = lane.map(LaneState::code).orElse(tile.code());
    boolean usable = tile.holds() != Holds.UNUSABLE;
    return new TileLook(
        tile.path(),
        tile.isVirtual(),
        code.isEmpty() ? words.text("drive.new") : PlainText.of(code),
        words.text("dotted", file(tile.path()), model(tile, words)),
        words.boxSize(tile.size()),
        lane.map(at -> share(at.written(), at.total())).orElse(share(tile.used(), tile.size())),
        lane.map(at -> share(at.checked(), at.total())).orElse(0.0),
        lane.map(TileLook::mood).orElse(mood(tile.holds())),
        lane.map(at -> words.text("tile." + at.phase())).orElseGet(() -> holds(tile, state, words)),
        usable,
        lane.isEmpty() && tile.holds() == Holds.OURS);
  }

  /// The name of a drive's file or device, without its folder.
  static String file(Path path) {
    Path name = path.getFileName();
    return PlainText.of(name == null ? path.toString() : name.toString());
  }

  private static String model(Tile tile, Words words) {
    return tile.isVirtual() ? words.text("drive.virtual") : PlainText.of(tile.model());
  }

  private static double share(long part, long whole) {
    return whole <= 0 ? 0 : (double) part / whole;
  }

  private static Mood mood(Holds holds) {
    return switch (holds) {
      case NEW, OURS, UNUSABLE -> Mood.QUIET;
      case FOREIGN -> Mood.ATTENTION;
    };
  }

  private static Mood mood(LaneState lane) {
    return switch (lane.phase()) {
      case DONE -> Mood.GOOD;
      case FAILED -> Mood.BAD;
      case WRITING, CHECKING, WAITING -> Mood.WORKING;
      case STOPPED -> Mood.QUIET;
    };
  }

  private static String holds(Tile tile, State state, Words words) {
    return switch (tile.holds()) {
      case NEW -> words.text("tile.blank");
      case OURS -> ours(tile.code(), state, words);
      case FOREIGN, UNUSABLE -> PlainText.of(tile.words());
    };
  }

  private static String ours(String code, State state, Words words) {
    Map<String, State.Drive> drives = state.drives();
    State.Drive drive = drives.get(code);
    if (drive == null) return words.text("tile.ours");
    List<String> releases =
        drive.releases().stream()
            .flatMap(id -> Optional.ofNullable(state.releases().get(id)).stream())
            .map(known -> ProductName.of(known.product()) + " " + PlainText.of(known.version()))
            .distinct()
            .toList();
    return releases.isEmpty()
        ? words.text("tile.ours")
        : words.text("tile.ours-with", words.list(releases));
  }
}
