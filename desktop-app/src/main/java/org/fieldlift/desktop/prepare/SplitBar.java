package org.fieldlift.desktop.prepare;

import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.prepare.Split.Block;

/// One drive to scale: a lettered, coloured block for each release, and the room that stays free.
/// How much each takes stands below the bar, where there is room for it however narrow a block is.
final class SplitBar extends Region {
  private static final int COLOURS = 6;
  private static final double ROUNDING = 12;
  private static final double HEIGHT = 20;
  private static final double NARROWEST_BLOCK = 3;

  /// A narrower block shows its colour alone: half a letter says nothing.
  private static final double ROOM_FOR_A_LETTER = 18;

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
    Label label = new Label(block.sign());
    label.getStyleClass().addAll("block", "release-" + block.letter() % COLOURS);
    return label;
  }

  /// "A 11.8", "B 4.1 of 9.4".
  FlowPane figures() {
    FlowPane figures = new FlowPane(12, 2);
    for (Block block : bar.blocks()) {
      Label sign = Look.firm(Look.label(block.sign(), "small", "strong"));
      Label words = Look.firm(Look.label(block.words(), "small"));
      figures.getChildren().add(Look.row(4, sign, words));
    }
    Look.present(figures, bar.isUsed());
    return figures;
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
      block.setText(wide < ROOM_FOR_A_LETTER ? "" : bar.blocks().get(index).sign());
      x = Math.min(width, x + wide);
    }
    frame.resizeRelocate(0, 0, width, height);
    outline.setWidth(width);
    outline.setHeight(height);
  }

  @Override
  protected double computePrefHeight(double width) {
    return HEIGHT;
  }

  @Override
  protected double computeMinHeight(double width) {
    return HEIGHT;
  }
}
