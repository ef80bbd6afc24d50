package org.fieldlift.desktop.words;

/// What a state means to a person; every state is shown with the mood's colour, its icon, and a
/// word.
public enum Mood {
  /// Genuine, current, done.
  GOOD,
  /// Something is going on.
  WORKING,
  /// Worth a look.
  ATTENTION,
  /// Failed, not genuine.
  BAD,
  /// Unknown, unused.
  QUIET
}
