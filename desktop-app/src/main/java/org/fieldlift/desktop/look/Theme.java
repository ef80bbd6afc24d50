package org.fieldlift.desktop.look;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// Light or dark: as the system says, or as the person chose.
public enum Theme {
  SYSTEM,
  LIGHT,
  DARK;

  private static final List<String> FONTS =
      List.of("FieldliftSans-Regular", "FieldliftSans-Medium", "FieldliftSans-SemiBold");

  /// Gives a scene our fonts and style sheet; called once for each scene.
  public static void dress(Scene scene) {
    FONTS.forEach(Theme::loadFont);
    scene.getStylesheets().add(resource("look/fieldlift.css").toExternalForm());
  }

  /// Colours everything in this theme from now on.
  public void apply() {
    Application.setUserAgentStylesheet(
        isDark()
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
  }

  /// The theme after this one, for a switch that walks through all.
  public Theme next() {
    return values()[(ordinal() + 1) % values().length];
  }

  public boolean isDark() {
    return switch (this) {
      case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
      case LIGHT -> false;
      case DARK -> true;
    };
  }

  private static void loadFont(String name) {
    try (InputStream font = resource("fonts/" + name + ".otf").openStream()) {
      Font.loadFont(font, 13);
    } catch (IOException e) {
      throw new UncheckedIOException("our own font is missing: " + name, e);
    }
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(Theme.class.getResource("/org/fieldlift/desktop/" + name), name);
  }
}
