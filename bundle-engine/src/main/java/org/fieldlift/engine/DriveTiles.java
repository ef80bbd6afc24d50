package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.DriveDesk.Tile;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.provision.DriveLook;
import org.fieldlift.provision.DriveLook.Now;

/// What a look at a drive means for the person in front of it.
final class DriveTiles {
  private DriveTiles() {}

  /// Never fails: a drive that cannot be read is a tile that says why.
  static Tile at(Path path) {
    try {
      return tile(DriveLook.at(path));
    } catch (Problem problem) {
      return unusable(path, problem.what());
    } catch (IOException e) {
      return unusable(path, "It cannot be read: " + e.getMessage());
    }
  }

  private static Tile tile(DriveLook.Drive drive) {
    Path path = drive.facts().path();
    if (!drive.facts().refusal().isEmpty()) return unusable(path, drive.facts().refusal());
    String code = drive.now() instanceof Now.Ours ours ? PlainText.of(ours.manifest().code()) : "";
    return new Tile(
        path,
        drive.facts().isVirtual(),
        drive.facts().model(),
        drive.facts().size(),
        used(drive.now()),
        holds(drive.now()),
        code,
        sentence(drive.now()));
  }

  private static Holds holds(Now now) {
    return switch (now) {
      case Now.Blank blank -> Holds.NEW;
      case Now.NotMade notMade -> Holds.NEW;
      case Now.Ours ours -> Holds.OURS;
      case Now.Foreign foreign -> foreign.files().isEmpty() ? Holds.NEW : Holds.FOREIGN;
      case Now.Unreadable unreadable -> Holds.FOREIGN;
    };
  }

  private static long used(Now now) {
    return switch (now) {
      case Now.Blank blank -> 0;
      case Now.NotMade notMade -> 0;
      case Now.Ours ours -> ours.used();
      case Now.Foreign foreign -> foreign.used();
      case Now.Unreadable unreadable -> 0;
    };
  }

  private static String sentence(Now now) {
    String words = now.words();
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }

  private static Tile unusable(Path path, String why) {
    return new Tile(path, true, "Virtual drive", 0, 0, Holds.UNUSABLE, "", PlainText.of(why));
  }
}
