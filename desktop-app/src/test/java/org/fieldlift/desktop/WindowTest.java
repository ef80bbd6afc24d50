package org.fieldlift.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.fieldlift.desktop.frame.Place;
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
