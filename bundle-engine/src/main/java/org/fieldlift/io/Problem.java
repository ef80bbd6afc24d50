package org.fieldlift.io;

import java.io.IOException;
import java.io.Serial;

/// Something a person has to know and can act on: what happened, to what, and what to do next.
///
/// Everything else that is thrown is a defect of ours or of the machine.
public final class Problem extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /// What sort of trouble it is; decides the exit code of the command line.
  public enum Kind {
    /// The work could not be done (exit code 1).
    FAILED,
    /// The words of the command or the input make no sense (exit code 2).
    USAGE,
    /// Content or signature is not what somebody we trust signed (exit code 3).
    NOT_GENUINE,
    /// A drive or device is at fault (exit code 4).
    DRIVE
  }

  private final Kind kind;
  private final String next;

  /// @param what what happened, to which drive, file or release; one sentence with a full stop
  /// @param next what to do now; one sentence with a full stop
  public Problem(Kind kind, String what, String next) {
    super(what);
    this.kind = kind;
    this.next = next;
  }

  public Problem(Kind kind, String what, String next, Throwable cause) {
    this(kind, what, next);
    initCause(cause);
  }

  public static Problem failed(String what, String next) {
    return new Problem(Kind.FAILED, what, next);
  }

  public static Problem usage(String what, String next) {
    return new Problem(Kind.USAGE, what, next);
  }

  public static Problem notGenuine(String what, String next) {
    return new Problem(Kind.NOT_GENUINE, what, next);
  }

  public static Problem drive(String what, String next) {
    return new Problem(Kind.DRIVE, what, next);
  }

  public Kind kind() {
    return kind;
  }

  /// What happened.
  public String what() {
    return String.valueOf(getMessage());
  }

  /// What to do now.
  public String next() {
    return next;
  }
}
