package org.fieldlift.drive.target;

import org.fieldlift.io.Problem;

/// What to say of a drive that the system keeps from this user. It is not broken, and often the
/// user's own.
public final class Rights {
  private Rights() {}

  /// @param act "read", "write to"
  /// @param drive its device file, fit to be shown
  public static Problem missing(String act, String drive) {
    return Problem.drive(
        "Fieldlift may not " + act + " " + drive + ": this user has no rights to it.",
        "Give yourself this drive (sudo chown \"$USER\" "
            + drive
            + "), or run Fieldlift with sudo and --home; see \"Rights\" in the user guide.");
  }
}
