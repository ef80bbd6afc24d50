package org.fieldlift.desktop.look;

import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.fieldlift.desktop.words.Words;
import org.kordamp.ikonli.feather.Feather;

/// A main part with a panel beside it. Where there is no room for both, the panel lies over the
/// main part while something is open, and Escape puts it away.
public final class SidePanel extends Region {
  private static final PseudoClass OVER = PseudoClass.getPseudoClass("over");
  private static final double NARROW_PANEL = 340;
  private static final double WIDE_PANEL = 480;
  private static final double PANEL_SHARE = 0.32;

  private final Region main;
  private final Region panel;
  private final StackPane holder;
  private final Button close;
  private final double narrowest;
  private boolean open;

  /// @param panel nothing is shown of it while it is not visible
  /// @param narrowest width from which both lie side by side
  public SidePanel(Region main, Region panel, Words words, double narrowest) {
    this.main = main;
    this.panel = panel;
    this.narrowest = narrowest;
    close = Look.iconButton(Feather.X, words.text("panel.close"), this::close);
    panel.getStyleClass().add("side-panel");
    holder = new StackPane(panel);
    getChildren().addAll(main, holder, close);
    panel.visibleProperty().subscribe(() -> requestLayout());
    panel.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) close();
        });
  }

  /// Brings the panel to the front where it would otherwise be hidden.
  public void open() {
    open = true;
    requestLayout();
  }

  private void close() {
    open = false;
    main.requestFocus();
    requestLayout();
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    boolean beside = width >= narrowest && panel.isVisible();
    boolean over = width < narrowest && open && panel.isVisible();
    double panelWidth =
        snapSizeX(Math.min(width, Math.clamp(width * PANEL_SHARE, NARROW_PANEL, WIDE_PANEL)));
    main.resizeRelocate(0, 0, beside ? width - panelWidth : width, height);
    holder.resizeRelocate(width - panelWidth, 0, panelWidth, height);
    holder.setVisible(beside || over);
    panel.pseudoClassStateChanged(OVER, over);
    close.setVisible(over);
    close.autosize();
    close.relocate(width - close.getWidth() - 8, 8);
  }

  @Override
  protected double computeMinWidth(double height) {
    return NARROW_PANEL;
  }

  @Override
  protected double computeMinHeight(double width) {
    return 0;
  }
}
