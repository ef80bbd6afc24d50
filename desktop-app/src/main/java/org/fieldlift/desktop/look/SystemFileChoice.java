package org.fieldlift.desktop.look;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;

/// The system's file dialogs, owned by our window.
public final class SystemFileChoice implements FileChoice {
  private final Stage window;

  public SystemFileChoice(Stage window) {
    this.window = window;
  }

  @Override
  public Optional<Path> open(String title, String ending) {
    FileChooser chooser = chooser(title);
    if (!ending.isEmpty()) {
      chooser.getExtensionFilters().add(new ExtensionFilter("*." + ending, "*." + ending));
    }
    return Optional.ofNullable(chooser.showOpenDialog(window)).map(File::toPath);
  }

  @Override
  public Optional<Path> save(String title, String suggestion) {
    FileChooser chooser = chooser(title);
    chooser.setInitialFileName(suggestion);
    return Optional.ofNullable(chooser.showSaveDialog(window)).map(File::toPath);
  }

  @Override
  public Optional<Path> folder(String title) {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(title);
    return Optional.ofNullable(chooser.showDialog(window)).map(File::toPath);
  }

  private static FileChooser chooser(String title) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(title);
    return chooser;
  }
}
