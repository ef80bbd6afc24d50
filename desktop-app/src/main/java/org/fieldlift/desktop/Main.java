package org.fieldlift.desktop;

import javafx.application.Application;

/// Starts the desktop. Not an [Application] itself, because a program on the class path whose main
/// class is one does not start.
public final class Main {
  private static final String USAGE =
      """
      Usage: fieldlift desktop [--home DIR]
        --home DIR   the folder of the station; the system's place for application data unless given
      """;

  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length == 0) {
      Application.launch(DesktopApp.class);
    } else if (arguments.length == 2 && arguments[0].equals("--home")) {
      Application.launch(DesktopApp.class, arguments[1]);
    } else {
      System.err.print(USAGE);
      System.exit(2);
    }
  }
}
