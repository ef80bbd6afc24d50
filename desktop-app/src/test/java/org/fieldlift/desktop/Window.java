package org.fieldlift.desktop;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.fieldlift.desktop.look.FileChoice;
import org.fieldlift.desktop.look.Theme;
import org.fieldlift.desktop.words.Words;

/// The whole window on a fake engine, for tests that look at it. Everything runs on the window's
/// thread; work is done on the spot.
final class Window {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-05-26T10:00:00Z"), ZoneOffset.UTC);
  private static final double SCALE = 1.25;
  private static boolean started;

  final FakeEngine engine;
  final OnTheSpot background = new OnTheSpot();
  final AtomicLong nanos = new AtomicLong();
  final AnsweredFiles files = new AnsweredFiles();
  final Desktop desktop;
  final Scene scene;
  private final Stage stage;

  private Window(FakeEngine engine, Locale locale, Theme theme, double width, double height) {
    this.engine = engine;
    Words words = new Words(locale, CLOCK);
    desktop = new Desktop(engine, background, words, files, nanos::get);
    scene = new Scene(desktop.frame(), width, height);
    theme.apply();
    Theme.dress(scene);
    stage = new Stage();
    stage.setScene(scene);
    stage.show();
    desktop.refresh();
    settle();
  }

  /// Opens a window and gives it to a test, on the window's thread.
  static void open(
      FakeEngine engine,
      Locale locale,
      Theme theme,
      double width,
      double height,
      Consumer<Window> test) {
    onWindowThread(() -> {
      Window window = new Window(engine, locale, theme, width, height);
      try {
        test.accept(window);
      } finally {
        window.stage.hide();
      }
    });
  }

  static void open(FakeEngine engine, Consumer<Window> test) {
    open(engine, Locale.UK, Theme.LIGHT, 1280, 800, test);
  }

  private static void onWindowThread(Runnable test) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Runnable job =
        () -> {
          try {
            test.run();
            done.complete(null);
          } catch (Throwable failure) {
            done.completeExceptionally(failure);
          }
        };
    synchronized (Window.class) {
      if (!started) Platform.startup(() -> Platform.setImplicitExit(false));
      started = true;
    }
    Platform.runLater(job);
    try {
      done.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof AssertionError wrong) throw wrong;
      throw failure;
    }
  }

  /// Lets styles and layout come to rest.
  void settle() {
    for (int pass = 0; pass < 3; pass++) {
      scene.getRoot().applyCss();
      scene.getRoot().layout();
    }
  }

  /// The first node that shows or says exactly this text.
  Node find(String text) {
    settle();
    return scene.getRoot().lookupAll("*").stream()
        .filter(node -> isShown(node) && says(node, text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing on screen says \"" + text + "\""));
  }

  boolean shows(String text) {
    settle();
    return scene.getRoot().lookupAll("*").stream()
        .anyMatch(node -> isShown(node) && says(node, text));
  }

  /// How many labels show exactly this text.
  long count(String text) {
    settle();
    return scene.getRoot().lookupAll(".label").stream()
        .filter(
            node -> isShown(node) && node instanceof Labeled label && text.equals(label.getText()))
        .count();
  }

  private static boolean says(Node node, String text) {
    return node instanceof Labeled labeled && text.equals(labeled.getText())
        || text.equals(node.getAccessibleText());
  }

  private static boolean isShown(Node node) {
    for (Node at = node; at != null; at = at.getParent()) if (!at.isVisible()) return false;
    return true;
  }

  /// Presses the button that says this.
  void press(String text) {
    settle();
    for (Node node : scene.getRoot().lookupAll("*")) {
      if (node instanceof ButtonBase button
          && isShown(node)
          && says(node, text)
          && !button.isDisabled()) {
        button.fire();
        settle();
        return;
      }
    }
    throw new AssertionError("there is no button \"" + text + "\" to press");
  }

  /// Chooses a release of the list; headings are not counted.
  void choose(int release) {
    settle();
    ListView<?> list = (ListView<?>) scene.getRoot().lookup(".list-view.releases");
    int seen = -1;
    for (int line = 0; line < list.getItems().size(); line++) {
      if (!list.getItems().get(line).toString().startsWith("Product[") && ++seen == release) {
        list.getSelectionModel().clearAndSelect(line);
        settle();
        return;
      }
    }
    throw new AssertionError("there is no release " + release);
  }

  /// Writes what is seen into a PNG.
  void picture(String name) {
    settle();
    // Scroll panes draw from a cache that only a pulse would renew.
    scene.getRoot().lookupAll("*").forEach(node -> node.setCache(false));
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setTransform(Transform.scale(SCALE, SCALE));
    WritableImage image = scene.getRoot().snapshot(parameters, null);
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    BufferedImage plain = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    plain.setRGB(0, 0, width, height, pixels, 0, width);
    try {
      Path folder = Path.of(System.getProperty("fieldlift.screenshots", "target/screenshots"));
      Files.createDirectories(folder);
      ImageIO.write(plain, "png", folder.resolve(name + ".png").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Answers file dialogs.
  static final class AnsweredFiles implements FileChoice {
    Optional<Path> answer = Optional.empty();

    @Override
    public Optional<Path> open(String title, String ending) {
      return answer;
    }

    @Override
    public Optional<Path> save(String title, String suggestion) {
      return answer;
    }

    @Override
    public Optional<Path> folder(String title) {
      return answer;
    }
  }
}
