package org.fieldlift.desktop;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.fieldlift.desktop.frame.Place;
import org.fieldlift.desktop.look.Theme;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

class ScreenshotsTest {
  private static final long GB = 1_000_000_000;

  @Test
  void releasesInLight() {
    Window.open(FakeEngine.lab(), window -> window.picture("releases-light"));
  }

  @Test
  void releasesInDark() {
    Window.open(
        FakeEngine.lab(), Locale.UK, Theme.DARK, 1280, 800, window -> window.picture("releases-dark"));
  }

  @Test
  void prepareInLight() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          prepare(window);
          window.picture("prepare-light");
          window.press("Write 3 drives");
          window.picture("erase-light");
        });
  }

  @Test
  void lanesInDark() {
    Window.open(
        FakeEngine.lab(),
        Locale.UK,
        Theme.DARK,
        1280,
        800,
        window -> {
          prepare(window);
          lanes(window);
          window.picture("lanes-dark");
        });
  }

  @Test
  void manifestInLight() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          window.desktop.place().set(Place.MANIFEST);
          window.picture("manifest-light");
        });
  }

  /// Three releases for two sites on four drives.
  static void prepare(Window window) {
    window.press("Prepare drives");
    window.press("Change, 1 What");
    window.press("Microscope 2026.1.1, arm/v7 · 9.4 GB · 12 May 2026");
    window.press("Species Atlas 7.2, any · 38.4 GB · 8 Apr 2026");
    window.press("Go on: for whom");
    window.press("RV Meridian");
    window.press("Station North");
    window.press("Go on: drives");
    window.press("New drive, sdd");
  }

  static void lanes(Window window) {
    window.background.hold();
    window.press("Write 3 drives");
    window.press("Erase and write 3 drives");
    window.background.letGoOnce();
    window.desktop.look();
  }
}
