package org.fieldlift.drive.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.io.Problem;

/// A line of `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
///
/// @param number `major:minor`; Btrfs and others give one that belongs to no disk
/// @param point where it is mounted
/// @param source the device file, where there is one
record Mount(String number, String point, String source) {
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
  private static final Pattern NUMBER = Pattern.compile("\\d+:\\d+");

  /// @throws Problem when a line makes no sense: an unknown mount may be the system disk's
  static List<Mount> parse(List<String> lines) throws Problem {
    List<Mount> mounts = new ArrayList<>();
    for (String line : lines) {
      List<String> fields = List.of(line.split(" ", -1));
      int separator = fields.indexOf("-");
      if (separator < 6
          || fields.size() < separator + 3
          || !NUMBER.matcher(fields.get(2)).matches()) {
        throw Problem.drive(
            "The list of mounted file systems cannot be understood.",
            "Report this; until then, write virtual drives only.");
      }
      mounts.add(
          new Mount(fields.get(2), unescaped(fields.get(4)), unescaped(fields.get(separator + 2))));
    }
    return mounts;
  }

  /// Where people let drives be mounted; anything mounted elsewhere is the computer's own.
  boolean isForeignDrive() {
    return point.startsWith("/media/")
        || point.startsWith("/run/media/")
        || point.startsWith("/mnt/")
        || point.equals("/mnt");
  }

  /// Whether the number is a disk's; major number 0 stands for file systems without one.
  boolean isOnDisk() {
    return !number.startsWith("0:");
  }

  /// The kernel writes space, tab, newline and backslash as three octal digits.
  static String unescaped(String text) {
    return OCTAL
        .matcher(text)
        .replaceAll(match ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 8))));
  }
}
