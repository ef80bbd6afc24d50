package org.fieldlift.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.SystemFileChoice;
import org.fieldlift.desktop.look.Theme;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Trouble;
import org.fieldlift.desktop.work.WindowBackground;
import org.fieldlift.engine.Engine;
import org.jspecify.annotations.Nullable;

/// The JavaFX life of the program: one window, opened when the station is open.
public final class DesktopApp extends Application {
  private static final Duration LOOK = Duration.millis(250);
  private static final Duration LOOK_FOR_DRIVES = Duration.seconds(3);

  private final Words words = new Words(Locale.getDefault(), Clock.systemDefaultZone());
  private final WindowBackground background = new WindowBackground();
  private @Nullable Engine engine;

  @Override
  public void start(Stage window) {
    StackPane room = new StackPane(Look.label(words.text("start.opening"), "muted"));
    Scene scene = new Scene(room, 1280, 800);
    Theme.SYSTEM.apply();
    Theme.dress(scene);
    window.setTitle("Fieldlift");
    window.setMinWidth(960);
    window.setMinHeight(640);
    window.setScene(scene);
    window.show();
    List<String> parameters = getParameters().getRaw();
    background.start(
        () ->
            Engine.open(
                parameters.isEmpty() ? Engine.defaultHome() : Path.of(parameters.getFirst())),
        opened -> {
          engine = opened;
          furnish(window, scene, opened);
        },
        failure -> room.getChildren().setAll(refusal(failure)));
  }

  private void furnish(Stage window, Scene scene, Engine opened) {
    Desktop desktop =
        new Desktop(opened, background, words, new SystemFileChoice(window), System::nanoTime);
    scene.setRoot(desktop.frame());
    desktop.refresh();
    every(LOOK, desktop::look);
    every(LOOK_FOR_DRIVES, desktop::lookForDrives);
    window.setOnCloseRequest(event -> {
      if (!desktop.lanes().running().get()) return;
      event.consume();
      desktop
          .frame()
          .askToClose(() -> {
            desktop.lanes().whenEnded(Platform::exit);
            desktop.lanes().stopAll();
          });
    });
  }

  private VBox refusal(Throwable failure) {
    Trouble trouble = Trouble.of(failure, words).orElse(new Trouble("", ""));
    VBox sentences =
        Look.column(
            8, Look.paragraph(trouble.what(), "section-title"), Look.paragraph(trouble.next()));
    sentences.getStyleClass().add("empty-state");
    return sentences;
  }

  private static void every(Duration pause, Runnable action) {
    Timeline clock = new Timeline(new KeyFrame(pause, _ -> action.run()));
    clock.setCycleCount(Animation.INDEFINITE);
    clock.play();
  }

  @Override
  public void stop() throws IOException {
    if (engine != null) engine.close();
  }
}
