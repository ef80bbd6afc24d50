package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;
import org.fieldlift.desktop.DesktopApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The whole job in the real window on the real engine, with the mouse and two virtual drives:
/// choose a release, add drives, plan, erase and write, read back, look at the manifest. Leaves
/// pictures in `target/screenshots`.
class DesktopTest {
  private static final long SECONDS_TO_APPEAR = 60;
  private static final Path PICTURES = Program.root().resolve("acceptance/target/screenshots");

  @TempDir Path folder;
  private final FxRobot robot = new FxRobot();
  private Program station;

  @BeforeEach
  void aStationWithAReleaseAndADevice() throws Exception {
    Locale.setDefault(Locale.UK);
    station = new Program(folder.resolve("station"));
    station.fieldlift("trust", "new-key", folder.resolve("lab")).well();
    station
        .fieldlift("trust", "add", "lab", "--product", "*", "--key", folder.resolve("lab.pub"))
        .well();
    byte[] noise = new byte[75_000_000];
    new SplittableRandom(3).nextBytes(noise);
    Path input = Files.write(folder.resolve("microscope.img"), noise);
    Path release = folder.resolve("microscope.tar.gz");
    station
        .fieldlift(
            "release",
            "pack",
            "--kind",
            "file",
            "--product",
            "example.org/lab/microscope",
            "--release-version",
            "2026.1",
            "--key",
            folder.resolve("lab.key"),
            input,
            release)
        .well();
    station.fieldlift("release", "fetch", release).well();
    station.fieldlift("device", "add", "SCOPE-1", "--site", "RV Meridian").well();
    FxToolkit.registerPrimaryStage();
    FxToolkit.setupApplication(DesktopApp.class, folder.resolve("station").toString());
  }

  @AfterEach
  void closeTheWindow() throws Exception {
    FxToolkit.cleanupStages();
  }

  @Test
  void theWholeJobIsDoneWithTheMouse() throws Exception {
    appear("2026.1");
    addDrive("one.img", "64 MB");
    addDrive("two.img", "64 MB");
    picture("1-releases");

    click("2026.1");
    click("Prepare drives");
    click("RV Meridian");
    click("Go on: drives");
    appear("Write 2 drives");
    picture("2-plan");
    click("Write 2 drives");
    appear("Erase and write 2 drives");
    picture("3-erase");
    click("Erase and write 2 drives");
    appear("Safe to pull out");
    appear("2 of 2 drives done");
    picture("4-done");

    click("Manifest");
    appear("SCOPE-1");
    picture("5-manifest");

    for (String drive : List.of("one.img", "two.img")) {
      station.fieldlift("drive", "verify", folder.resolve(drive)).well();
      DriveImages.assertSound(folder.resolve(drive), folder);
    }
    assertThat(station.fieldlift("manifest", "show").well().out()).contains("SCOPE-1", "verified");
  }

  private void addDrive(String name, String size) {
    click("Add a virtual drive");
    appear("A virtual drive is a file");
    TextField file =
        robot.lookup(".text-field").queryAllAs(TextField.class).stream()
            .filter(field -> field.getPromptText().startsWith("A new file"))
            .findFirst()
            .orElseThrow();
    ComboBox<?> sizes =
        robot.lookup(".combo-box").queryAllAs(ComboBox.class).stream()
            .filter(ComboBox::isEditable)
            .findFirst()
            .orElseThrow();
    robot.interact(() -> {
      file.setText(folder.resolve(name).toString());
      sizes.getEditor().setText(size);
    });
    click("Add drive");
    appear(name);
  }

  private void click(String text) {
    appear(text);
    robot.clickOn(visible(text));
  }

  /// Waits until a text that begins like this can be seen.
  private void appear(String text) {
    try {
      WaitForAsyncUtils.waitFor(SECONDS_TO_APPEAR, TimeUnit.SECONDS, () -> visible(text) != null);
    } catch (java.util.concurrent.TimeoutException e) {
      picture("missing");
      throw new AssertionError("\"" + text + "\" did not appear; see target/screenshots", e);
    }
  }

  private @org.jspecify.annotations.Nullable Node visible(String text) {
    return robot
        .lookup((Node node) ->
            node instanceof Labeled labeled
                && labeled.getText() != null
                && labeled.getText().startsWith(text)
                && !labeled.isDisabled()
                && isSeen(labeled))
        .queryAll()
        .stream()
        .findFirst()
        .orElse(null);
  }

  private static boolean isSeen(Node node) {
    for (Node at = node; at != null; at = at.getParent()) if (!at.isVisible()) return false;
    return node.getScene() != null;
  }

  private void picture(String name) {
    robot.interact(() -> {
      WritableImage shot = robot.listWindows().getFirst().getScene().snapshot(null);
      int width = (int) shot.getWidth();
      int height = (int) shot.getHeight();
      int[] pixels = new int[width * height];
      shot.getPixelReader()
          .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, width, height, pixels, 0, width);
      try {
        Files.createDirectories(PICTURES);
        ImageIO.write(image, "png", PICTURES.resolve(name + ".png").toFile());
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }
}
