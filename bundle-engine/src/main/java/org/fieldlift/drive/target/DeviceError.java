package org.fieldlift.drive.target;

import java.io.IOException;
import java.io.Serial;

/// A device's refusal to read or write, sorted by what a person has to do about it.
public final class DeviceError extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /// What the refusal means.
  public enum Kind {
    /// The device is gone: unplugged, or its reader lost the card.
    REMOVED,
    /// The device takes no writes.
    READ_ONLY,
    /// The device ends before its stated size.
    FULL,
    /// It answers every operation, wherever on the device, with an error.
    DEAD,
    /// Anything else; worth another try.
    IO
  }

  private final Kind kind;

  /// @param words for the message, e.g. the name of the error number
  public DeviceError(Kind kind, String words) {
    super(words);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
