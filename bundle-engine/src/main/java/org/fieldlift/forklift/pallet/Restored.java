package org.fieldlift.forklift.pallet;

/// What became of one thing that a bundle brought for a workspace.
///
/// @param kind what it is, for people ("mirror", "pallet", "repository", "download")
/// @param name its path below its cache
public record Restored(String kind, String name, State state) {
  /// How the workspace has it now.
  public enum State {
    /// It was not there and is now.
    NEW,
    /// It was there, just the same.
    PRESENT,
    /// It was there and has more now; only mirrors grow.
    MERGED,
    /// It was there, is not the same, and stayed as it was. Of a mirror: a tag or branch of it did.
    DIFFERENT
  }
}
