package org.fieldlift.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.TextField;
import org.fieldlift.desktop.frame.Place;
import org.fieldlift.desktop.look.Theme;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.engine.ReleaseDesk.Where;
import org.fieldlift.io.Problem;
import org.fieldlift.trust.Verdict;
import org.junit.jupiter.api.Test;

/// Draws the main screens into PNG files for people to look at: `-Dfieldlift.screenshots=DIR`, or
/// `target/screenshots`.
class ScreenshotsTest {
  private static final long GB = 1_000_000_000;
  private static final Locale SPANISH = Locale.of("es");

  @Test
  void releases() {
    Window.open(FakeEngine.lab(), window -> window.picture("releases-light"));
    dark(FakeEngine.lab(), window -> window.picture("releases-dark"));
  }

  @Test
  void aReleaseThatIsNotGenuineAndOneAtItsSource() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          window.choose(2);
          assertThat(window.shows("Prepare drives")).isFalse();
          window.picture("releases-not-genuine");
          window.choose(7);
          window.picture("releases-at-source");
        });
  }

  @Test
  void prepare() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          window.desktop.place().set(Place.PREPARE);
          window.picture("prepare-first");
          prepare(window);
          window.picture("prepare-light");
          window.press("Write 3 drives");
          window.picture("erase-light");
          window.press("Back");
          window.press("Change, 2 For whom");
          window.picture("prepare-whom");
        });
  }

  @Test
  void whatExpired() {
    FakeEngine lab = FakeEngine.lab();
    lab.releases.expire(5, "2026-04-30");
    lab.releases.fetchRemarks =
        List.of(
            "The source Shared folder could not be asked: it is not mounted.",
            "git.example.org/lab/species-atlas 7.3 is valid until 2026-06-08T00:00:00Z, 12 days"
                + " from now; after that devices refuse it.");
    for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
      String tone = theme.isDark() ? "-dark" : "";
      Window.open(
          lab,
          Locale.UK,
          theme,
          1280,
          800,
          window -> {
            window.choose(7);
            if (window.shows("Fetch")) window.press("Fetch");
            window.choose(5);
            window.picture("expired-releases" + tone);
            window.press("Prepare drives");
            window.press("Change, 1 What");
            window.picture("expired-prepare" + tone);
            window.press("Say why…");
            window.picture("expired-why" + tone);
            ((TextField) window.scene.getFocusOwner()).setText("The reef station asked for it.");
            lab.drives.remarks =
                List.of(
                    "git.example.org/lab/microscope 2025.4.2 has been expired since"
                        + " 2026-04-30T09:30:00Z; devices refuse it.");
            window.press("Go on with this reason");
            window.picture("expired-planned" + tone);
            window.press("Write 1 drive");
            window.picture("expired-erase" + tone);
          });
    }
  }

  @Test
  void lanes() {
    dark(
        FakeEngine.lab(),
        window -> {
          lanes(window);
          window.picture("lanes-dark");
          window.desktop.frame().askToClose(() -> {});
          window.picture("close-dark");
        });
  }

  @Test
  void lanesThatAreDone() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          lanes(window);
          List<Path> drives =
              List.of(Path.of("/dev/sdb"), Path.of("/dev/sdc"), Path.of("/dev/sdd"));
          List<String> codes = List.of("FL-7K3QX2", "FL-9MPT4D", "FL-C2HW8R");
          for (int lane = 0; lane < 3; lane++) {
            long total = 16 * GB;
            window.engine.drives.writing.set(
                lane,
                FakeDrives.lane(
                    codes.get(lane), drives.get(lane), Phase.DONE, total, total, total, ""));
          }
          window.engine.drives.writing.finish();
          window.background.letGo();
          window.picture("lanes-done");
        });
  }

  @Test
  void manifest() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          window.desktop.place().set(Place.MANIFEST);
          window.picture("manifest-light");
          window.press("Add a device");
          window.picture("manifest-add");
        });
  }

  @Test
  void trustSourcesAndAVirtualDrive() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          window.desktop.place().set(Place.TRUST);
          window.picture("trust");
          window.press("Remove rule released-by-workflow");
          window.picture("trust-remove");
          window.press("Keep the rule");
          window.press("Add a rule");
          window.picture("trust-add");
          window.press("Cancel");
          window.desktop.place().set(Place.SOURCES);
          window.picture("sources");
          window.press("Add a virtual drive");
          window.picture("virtual-drive");
        });
  }

  @Test
  void anEmptyStation() {
    Window.open(
        new FakeEngine(),
        window -> {
          for (Place place : Place.values()) {
            window.desktop.place().set(place);
            window.picture("empty-" + place.name().toLowerCase(Locale.ROOT));
          }
        });
  }

  @Test
  void theSmallestAndAVeryLargeWindow() {
    sized(960, 640, "small");
    sized(2560, 1440, "large");
  }

  private static void sized(double width, double height, String name) {
    Window.open(
        FakeEngine.lab(),
        Locale.UK,
        Theme.LIGHT,
        width,
        height,
        window -> {
          window.picture(name + "-releases");
          prepare(window);
          window.picture(name + "-prepare");
          window.press("Change, 1 What");
          window.picture(name + "-what");
          for (Place place : List.of(Place.MANIFEST, Place.TRUST, Place.SOURCES)) {
            window.desktop.place().set(place);
            window.picture(name + "-" + place.name().toLowerCase(Locale.ROOT));
          }
        });
    Window.open(
        FakeEngine.lab(),
        Locale.UK,
        Theme.LIGHT,
        width,
        height,
        window -> {
          lanes(window);
          window.picture(name + "-lanes");
        });
  }

  @Test
  void frenchAndSpanish() {
    for (Locale language : List.of(Locale.FRENCH, SPANISH)) {
      Window.open(
          FakeEngine.lab(),
          language,
          Theme.LIGHT,
          960,
          640,
          window -> {
            window.picture(language + "-releases");
            window.desktop.place().set(Place.MANIFEST);
            window.picture(language + "-manifest");
            window.desktop.place().set(Place.PREPARE);
            window.picture(language + "-prepare");
            window.desktop.place().set(Place.TRUST);
            window.picture(language + "-trust");
          });
    }
  }

  @Test
  void trouble() {
    FakeEngine lab = FakeEngine.lab();
    lab.releases.unreached = List.of("The source Lab server does not answer.");
    lab.drives.planFailure =
        Optional.of(
            Problem.drive(
                "FL-7K3QX2 was pulled out.", "Plug it in again, or choose another drive."));
    Window.open(
        lab,
        window -> {
          window.press("Look for new releases");
          window.picture("trouble-releases");
          window.press("Prepare drives");
          window.press("Go on: drives");
          window.picture("trouble-prepare");
        });
  }

  @Test
  void tenThousandRowsAndLongNames() {
    FakeEngine many = new FakeEngine();
    String wordy =
        "git.example.org/lab/a-product-whose-name-is-much-longer-than-anybody-would-like";
    for (int number = 0; number < 10_000; number++) {
      String product = number % 2 == 0 ? wordy + number / 200 : "git.example.org/p" + number / 200;
      many.releases.add(
          product,
          "2026.1." + number + (number % 3 == 0 ? "-release-candidate-with-a-long-label" : ""),
          "linux/arm64",
          1.5,
          "2026-05-12",
          Optional.<Verdict>of(FakeReleases.genuine(product, "2026-05-12")),
          Where.HERE);
      many.fleet.device("device-%05d".formatted(number), "Device", "Site " + number / 100);
    }
    many.drives.add(
        "/dev/disk-with-a-very-long-name",
        "A model whose maker could not stop writing",
        128,
        0.5,
        Holds.FOREIGN,
        "",
        "Holds 98 765 files that are not ours, among them photographs of a wedding. Writing would"
            + " erase them.");
    Window.open(
        many,
        window -> {
          window.picture("many-releases");
          window.desktop.place().set(Place.MANIFEST);
          window.picture("many-manifest");
          window.desktop.place().set(Place.PREPARE);
          window.press("Change, 2 For whom");
          window.picture("many-prepare");
        });
  }

  private static void dark(FakeEngine engine, Consumer<Window> test) {
    Window.open(engine, Locale.UK, Theme.DARK, 1280, 800, test);
  }

  /// Three releases for two sites on three drives.
  static void prepare(Window window) {
    window.desktop.place().set(Place.PREPARE);
    window.press("Microscope 2026.1.1, arm64 · 11.8 GB · 12 May 2026");
    window.press("Microscope 2026.1.1, arm/v7 · 9.4 GB · 12 May 2026");
    window.press("Species Atlas 7.2, any · 38.4 GB · 8 Apr 2026");
    window.press("Go on: for whom");
    window.press("RV Meridian");
    window.press("Station North");
    window.press("Go on: drives");
    window.press("New drive, sdd");
  }

  /// One lane checks, one has failed, one writes.
  static void lanes(Window window) {
    prepare(window);
    window.background.hold();
    window.press("Write 3 drives");
    window.press("Erase the files that are not ours on 1 drive");
    window.press("Erase and write 3 drives");
    window.background.letGoOnce();
    FakeWriting writing = window.engine.drives.writing;
    Path first = Path.of("/dev/sdb");
    Path second = Path.of("/dev/sdc");
    Path third = Path.of("/dev/sdd");
    long before = 7 * GB;
    window.nanos.addAndGet(200_000_000_000L);
    writing.set(
        0, FakeDrives.lane("FL-7K3QX2", first, Phase.CHECKING, 16 * GB, 16 * GB, before, ""));
    writing.set(2, FakeDrives.lane("FL-C2HW8R", third, Phase.WRITING, 12 * GB, 8 * GB, 0, ""));
    window.desktop.look();
    window.nanos.addAndGet(10_000_000_000L);
    writing.set(
        0,
        FakeDrives.lane(
            "FL-7K3QX2", first, Phase.CHECKING, 16 * GB, 16 * GB, 8 * GB, "piece 14 of 22"));
    writing.set(
        1,
        FakeDrives.failed(
            "FL-9MPT4D",
            second,
            32 * GB,
            11 * GB,
            "it gives back other data than was written",
            "Pull it out and plug in another drive of 32 GB or more, then prepare it again."));
    writing.set(
        2,
        FakeDrives.lane(
            "FL-C2HW8R", third, Phase.WRITING, 12 * GB, 8 * GB + GB * 7 / 10, 0, "piece 51 of 58"));
    window.desktop.look();
  }
}
