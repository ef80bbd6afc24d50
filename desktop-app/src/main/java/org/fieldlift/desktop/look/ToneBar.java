package org.fieldlift.desktop.look;

import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import org.fieldlift.desktop.words.Mood;

/// A thin bar in two tones: what is checked lies over what is written.
///
/// The tones differ by less than 3:1, so the words beside the bar must say both figures.
public final class ToneBar extends Region {
  private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
  private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
  private static final PseudoClass QUIET = PseudoClass.getPseudoClass("quiet");

  private final Region lower = new Region();
  private final Region upper = new Region();
  private double lowerShare;
  private double upperShare;

  public ToneBar() {
    getStyleClass().add("tone-bar");
    lower.getStyleClass().add("lower");
    upper.getStyleClass().add("upper");
    lower.setManaged(false);
    upper.setManaged(false);
    getChildren().addAll(lower, upper);
    setAccessibleRole(AccessibleRole.PROGRESS_INDICATOR);
    setMaxWidth(Double.MAX_VALUE);
  }

  /// @param lower share of the whole, from 0 to 1 ("written")
  /// @param upper share of the whole, from 0 to 1, drawn over it ("checked")
  /// @param words what a screen reader says
  public void show(double lower, double upper, Mood mood, String words) {
    lowerShare = Math.clamp(lower, 0, 1);
    upperShare = Math.clamp(upper, 0, 1);
    pseudoClassStateChanged(GOOD, mood == Mood.GOOD);
    pseudoClassStateChanged(BAD, mood == Mood.BAD);
    pseudoClassStateChanged(QUIET, mood == Mood.QUIET);
    setAccessibleText(words);
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    lower.resizeRelocate(0, 0, snapSizeX(getWidth() * lowerShare), getHeight());
    upper.resizeRelocate(0, 0, snapSizeX(getWidth() * upperShare), getHeight());
  }
}
