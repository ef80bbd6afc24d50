package org.fieldlift.desktop.look;

import javafx.scene.Group;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;

/// A USB drive, drawn in the manner of the Feather icons, which have none.
public final class DriveIcon extends Group {
  public DriveIcon() {
    SVGPath body = new SVGPath();
    body.setContent(
        "M4 6.5 V2 H10 V6.5 M2.5 6.5 H11.5 V13.5 A2 2 0 0 1 9.5 15.5 H4.5 A2 2 0 0 1 2.5 13.5 Z"
            + " M6 4.2 V4.4 M8 4.2 V4.4");
    body.getStyleClass().add("drive-icon");
    Rectangle room = new Rectangle(14, 16);
    room.setOpacity(0);
    getChildren().addAll(room, body);
  }
}
