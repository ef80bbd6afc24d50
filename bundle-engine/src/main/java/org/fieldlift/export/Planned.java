package org.fieldlift.export;

/// What exporting would do about one thing that a bundle needs.
public record Planned(Item item, Fate fate) {
  /// What becomes of it.
  public enum Fate {
    /// It is on this computer, or is made from what is.
    HERE,
    FETCHED,
    /// It is not here, and the bundle can be applied without it.
    LEFT_OUT,
    /// Without it, the bundle is not exported.
    MISSING
  }
}
