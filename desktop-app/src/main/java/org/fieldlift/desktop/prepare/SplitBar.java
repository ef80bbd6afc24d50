package org.fieldlift.desktop.prepare;

import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.prepare.Split.Block;

/// One drive to scale: a lettered, coloured block for each release, and the room that stays free.
final class SplitBar extends Region {
  private static final int COLOURS = 6;
  private static final double ROUNDING = 12;
  private static final double NARROWEST_BLOCK = 3;

  /// A narrower block shows its colour alone: half a letter says nothing.
  private static final double ROOM_FOR_A_LETTER = 24;

  private static final PseudoClass UNUSED = PseudoClass.getPseudoClass("unused");

  private final Split.Bar bar;
  private final double scale;
  private final List<Label> blocks = new ArrayList<>();
  private final Region frame = new Region();
  private final Rectangle outline = new Rectangle();

  /// @param largest size of the drive that spans the whole width
  SplitBar(Split.Bar bar, long largest) {
    this.bar = bar;
    this.scale = (double) bar.tile().size() / largest;
    getStyleClass().add("split-bar");
    frame.getStyleClass().add("split-frame");
    pseudoClassStateChanged(UNUSED, !bar.isUsed());
    bar.blocks().forEach(block -> blocks.add(draw(block)));
    getChildren().addAll(blocks);
    getChildren().add(frame);
    outline.setArcWidth(ROUNDING);
    outline.setArcHeight(ROUNDING);
    setClip(outline);
    setAccessibleText(
        String.join(
            ", ", bar.blocks().stream().map(block -> block.sign() + " " + block.words()).toList()));
  }

  private static Label draw(Block block) {
    Label label = new Label(block.words());
    label.setGraphic(Look.firm(Look.label(block.sign(), "block-letter")));
    label.getStyleClass().addAll("block", "release-" + block.letter() % COLOURS);
    return label;
  }

  @Override
  protected void layoutChildren() {
    double width = Math.max(48, snapSizeX(getWidth() * scale));
    double height = getHeight();
    double x = 0;
    for (int index = 0; index < blocks.size(); index++) {
      double share = (double) bar.blocks().get(index).bytes() / bar.tile().size();
      double wide = Math.max(NARROWEST_BLOCK, snapSizeX(width * share));
      Label block = blocks.get(index);
      block.resizeRelocate(x, 0, Math.min(wide, width - x), height);
      block.getGraphic().setVisible(wide >= ROOM_FOR_A_LETTER);
      x = Math.min(width, x + wide);
    }
    frame.resizeRelocate(0, 0, width, height);
    outline.setWidth(width);
    outline.setHeight(height);
  }

  @Override
  protected double computePrefHeight(double width) {
    return 32;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 32;
  }
}
