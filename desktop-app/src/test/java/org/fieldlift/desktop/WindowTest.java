package org.fieldlift.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.fieldlift.desktop.frame.Place;
import org.fieldlift.engine.DriveDesk.Holds;
import org.junit.jupiter.api.Test;

class WindowTest {
  @Test
  void theWholeWayFromAReleaseToAWrittenDrive() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          window.press("Prepare drives");
          assertThat(window.desktop.place().get()).isEqualTo(Place.PREPARE);
          window.press("RV Meridian");
          window.press("Go on: drives");
          assertThat(window.shows("Fits on 1 of your 5 drives.")).isTrue();
          window.background.hold();
          window.press("Write 1 drive");
          assertThat(window.engine.drives.written).isEmpty();
          window.press("Erase and write 1 drive");
          window.background.letGoOnce();
          window.desktop.look();
          assertThat(window.shows("Writing 1 drive")).isTrue();
          window.engine.drives.writing.finish();
          window.background.letGo();
          window.press("Prepare more drives");
          assertThat(window.shows("3 Drives")).isTrue();
        });
  }

  @Test
  void foreignFilesNeedASecondDeliberateAct() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          ScreenshotsTest.prepare(window);
          window.press("Write 3 drives");
          Node erase = window.find("Erase and write 3 drives");
          assertThat(erase.isDisabled()).isTrue();
          window.press("Erase the files that are not ours on 1 drive");
          assertThat(erase.isDisabled()).isFalse();
          assertThat(window.engine.drives.written).isEmpty();
        });
  }

  @Test
  void aDriveThatComesWhileThePersonReadsIsNotErased() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          window.press("Prepare drives");
          window.press("Write 1 drive");
          window.engine.drives.add("/dev/sda", "Tern", 64, 0.5, Holds.OURS, "FL-8888AA", "Ours.");
          window.engine.drives.tiles.addFirst(window.engine.drives.tiles.removeLast());
          window.desktop.lookForDrives();
          window.background.hold();
          window.press("Erase and write 1 drive");
          window.background.letGoOnce();
          assertThat(window.engine.drives.written.getLast().used())
              .extracting(drive -> drive.target().toString())
              .containsExactly("/dev/sdb");
        });
  }

  @Test
  void whatWasChosenIsSaidAlsoWhereNoDriveIsPluggedIn() {
    FakeEngine lab = FakeEngine.lab();
    lab.drives.tiles.clear();
    Window.open(
        lab,
        window -> {
          window.desktop.place().set(Place.PREPARE);
          window.press("Microscope 2026.1.1, arm64 · 11.8 GB · 12 May 2026");
          assertThat(window.shows("1 release, 11.8 GB")).isTrue();
          window.press("Go on: for whom");
          window.press("RV Petrel");
          assertThat(window.shows("7 devices")).isTrue();
        });
  }

  @Test
  void aSiteSaysHowManyOfItsDevicesAreChosenOneByOne() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          window.press("Prepare drives");
          window.press("Show the devices of RV Petrel");
          window.press("scope-20, Microscope 2026.1.1");
          assertThat(window.shows("1 chosen")).isTrue();
        });
  }

  @Test
  void anExpiredReleaseGoesOutOnlyWithAReason() {
    FakeEngine lab = FakeEngine.lab();
    lab.releases.expire(0, "2026-05-20");
    Window.open(
        lab,
        window -> {
          window.press("Prepare drives");
          assertThat(window.find("Write drives").isDisabled()).isTrue();
          window.press("Say why…");
          assertThat(window.find("Go on with this reason").isDisabled()).isTrue();
          ((TextField) window.scene.getFocusOwner()).setText("the museum wants the old one");
          window.press("Go on with this reason");
          assertThat(window.shows("Reason: the museum wants the old one")).isTrue();
          window.background.hold();
          window.press("Write 1 drive");
          window.press("Erase and write 1 drive");
          window.background.letGoOnce();
          assertThat(window.engine.drives.reasons).containsExactly("the museum wants the old one");
        });
  }

  @Test
  void whatThePlanRemarksIsReadBeforeAnythingIsErased() {
    FakeEngine lab = FakeEngine.lab();
    lab.drives.remarks = List.of("Microscope 2026.1.1 is valid for 4 days more.");
    Window.open(
        lab,
        window -> {
          window.press("Prepare drives");
          assertThat(window.count("Microscope 2026.1.1 is valid for 4 days more.")).isEqualTo(1);
          window.press("Write 1 drive");
          assertThat(window.count("Microscope 2026.1.1 is valid for 4 days more.")).isEqualTo(2);
        });
  }

  @Test
  void whatIsNotGenuineCannotBePrepared() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          assertThat(window.shows("Prepare drives")).isTrue();
          window.choose(2);
          assertThat(window.shows("Prepare drives")).isFalse();
          assertThat(window.shows("Fetch")).isFalse();
        });
  }

  @Test
  void aVirtualDriveIsAddedWithoutAnyHardware() {
    Window.open(
        new FakeEngine(),
        window -> {
          window.files.answer = Optional.of(Path.of("/tmp/north.img"));
          window.press("Add a virtual drive");
          window.press("Choose…");
          window.press("Add drive");
          assertThat(window.engine.drives.tiles).hasSize(1);
          assertThat(window.shows("north.img · Virtual drive")).isTrue();
        });
  }

  @Test
  void everythingThatCanBePressedOrTypedIntoHasAName() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          for (Place place : Place.values()) {
            window.desktop.place().set(place);
            window.settle();
            for (Node node : window.scene.getRoot().lookupAll("*")) {
              if (node instanceof ButtonBase button && button.isFocusTraversable()) {
                assertThat(String.valueOf(button.getText()) + button.getAccessibleText())
                    .as(place + " " + button)
                    .isNotEqualTo("null")
                    .isNotEqualTo("nullnull");
              }
              if (node instanceof TextInputControl field && field.isFocusTraversable()) {
                assertThat(field.getAccessibleText()).as(place + " " + field).isNotBlank();
              }
            }
          }
        });
  }

  @Test
  void keysGoToPagesAndToTheSearchField() {
    Window.open(
        FakeEngine.lab(),
        window -> {
          press(window, KeyCode.DIGIT3);
          assertThat(window.desktop.place().get()).isEqualTo(Place.MANIFEST);
          press(window, KeyCode.F);
          assertThat(window.desktop.place().get()).isEqualTo(Place.RELEASES);
          assertThat(window.scene.getFocusOwner()).isInstanceOf(TextField.class);
        });
  }

  private static void press(Window window, KeyCode key) {
    boolean mac = System.getProperty("os.name").startsWith("Mac");
    window
        .desktop
        .frame()
        .fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, !mac, false, mac));
  }
}
