package org.fieldlift.desktop.frame;

import org.kordamp.ikonli.feather.Feather;

/// Where a person can be in the window.
public enum Place {
  RELEASES(Feather.PACKAGE, true),
  PREPARE(Feather.DOWNLOAD, true),
  MANIFEST(Feather.FILE_TEXT, true),
  TRUST(Feather.SHIELD, false),
  SOURCES(Feather.RSS, false);

  private final Feather icon;
  private final boolean daily;

  Place(Feather icon, boolean daily) {
    this.icon = icon;
    this.daily = daily;
  }

  Feather icon() {
    return icon;
  }

  /// True for what is used every day; the others stand apart, below.
  boolean isDaily() {
    return daily;
  }
}
