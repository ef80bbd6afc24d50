package org.fieldlift.drive;

import java.io.IOException;
import java.io.Serial;
import org.fieldlift.drive.DriveImage.Extent;
import org.fieldlift.drive.LaneResult.Fault;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The end of a lane, on its way up to [Lane], with the words a person will read.
final class LaneFailure extends IOException {
  @Serial private static final long serialVersionUID = 1;
  private static final String AGAIN = "Write this drive again; the others are fine.";
  private static final String REPLACE = "Use another drive; this one is worn out or damaged.";

  private final transient LaneResult.Failed failed;

  LaneFailure(Fault fault, String what, String next) {
    super(what);
    this.failed = new LaneResult.Failed(fault, what, next);
  }

  LaneResult.Failed failed() {
    return failed;
  }

  static LaneFailure different(String drive, String what, long first, long last) {
    return new LaneFailure(
        Fault.DIFFERENT_DATA,
        "%s on drive %s is damaged (bytes %d–%d).".formatted(capital(what), drive, first, last),
        AGAIN);
  }

  static LaneFailure source(Extent extent) {
    return new LaneFailure(
        Fault.SOURCE,
        capital(extent.what()) + " is damaged on this computer: its digest is not the planned one.",
        "Check the release on this computer or fetch it again, then write this drive again.");
  }

  static LaneFailure unreadableSource(String what, IOException e) {
    if (e instanceof Problem problem) {
      return new LaneFailure(Fault.SOURCE, problem.what(), problem.next());
    }
    return new LaneFailure(
        Fault.SOURCE,
        capital(what) + " cannot be read on this computer: " + PlainText.of(e.toString()) + ".",
        "Check the release on this computer or fetch it again, then write this drive again.");
  }

  static LaneFailure tooSmall(String drive, long size, long needed) {
    return new LaneFailure(
        Fault.TOO_SMALL,
        "Drive %s has %d bytes, but %d were planned for.".formatted(drive, size, needed),
        "Plan again for the drives that are plugged in now.");
  }

  static LaneFailure anotherDrive(String drive) {
    return new LaneFailure(
        Fault.ANOTHER_DRIVE,
        "%s is not the drive that was looked at, or its contents have changed since; it stays as it is."
            .formatted(drive),
        "List the drives again and look what is on this one.");
  }

  static LaneFailure stalled(String drive, long seconds) {
    return new LaneFailure(
        Fault.STALLED,
        "Drive %s has not answered for %d seconds.".formatted(drive, seconds),
        "Pull it out and use another drive or port; the others are fine.");
  }

  /// The end of a lane that could not make sure of a blank drive.
  static LaneFailure mayLookValid(String drive, LaneResult result) {
    String notBlank = " It could not be blanked and may look like a finished drive.";
    return result instanceof LaneResult.Failed failed
        ? new LaneFailure(failed.fault(), failed.what() + notBlank, failed.next())
        : new LaneFailure(
            Fault.WRITE_ERROR,
            "Writing drive " + drive + " was stopped." + notBlank,
            "Write this drive again, or take it out of use.");
  }

  static LaneFailure keepsOld(String drive) {
    return new LaneFailure(
        Fault.READ_ONLY,
        "Drive %s does not keep what is written to it: its first sector still holds other bytes."
            .formatted(drive),
        REPLACE);
  }

  /// @param room the most it can have, in bytes
  static LaneFailure falseCapacity(String drive, long size, long room) {
    return new LaneFailure(
        Fault.FALSE_CAPACITY,
        "Drive %s claims %s, but has room for %s at most: its capacity is false."
            .formatted(drive, ByteSize.text(size), ByteSize.text(room)),
        "Do not use this drive; what is written beyond that is lost.");
  }

  /// @param offset of a mark that was there and is not any more
  static LaneFailure forgets(String drive, long offset) {
    return new LaneFailure(
        Fault.DIFFERENT_DATA,
        "Drive %s lost what was written at byte %d: it is broken, or its capacity is false."
            .formatted(drive, offset),
        "Do not use this drive.");
  }

  /// @param isWrite whether it was written to, not read
  /// @param what was written or read there, for people
  static LaneFailure device(
      String drive, boolean isWrite, long offset, String what, IOException e) {
    if (e instanceof Problem problem) {
      return new LaneFailure(Fault.WRITE_ERROR, problem.what(), problem.next());
    }
    DeviceError.Kind kind = e instanceof DeviceError error ? error.kind() : DeviceError.Kind.IO;
    return switch (kind) {
      case REMOVED ->
          new LaneFailure(
              Fault.REMOVED,
              "Drive " + drive + " was removed in the middle of " + what + ".",
              "Plug it in and write this drive again; the others are fine.");
      case DEAD ->
          new LaneFailure(
              Fault.REMOVED,
              "Drive %s answers with nothing but errors since %s: it was pulled out, or it is broken."
                  .formatted(drive, what),
              "Plug it in and write this drive again; if that happens again, use another drive.");
      case READ_ONLY ->
          new LaneFailure(
              Fault.READ_ONLY,
              "Drive " + drive + " is write-protected.",
              "Slide its write-protect switch, or use another drive.");
      case FULL ->
          new LaneFailure(
              Fault.TOO_SMALL,
              "Drive " + drive + " ends before byte " + offset + ", earlier than it claims.",
              "Do not use this drive; its capacity is false.");
      case IO ->
          new LaneFailure(
              isWrite ? Fault.WRITE_ERROR : Fault.READ_ERROR,
              "Drive %s cannot be %s at byte %d (%s): %s."
                  .formatted(
                      drive, isWrite ? "written" : "read", offset, what, PlainText.of(words(e))),
              REPLACE);
    };
  }

  private static String words(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static String capital(String what) {
    return what.isEmpty() ? what : Character.toUpperCase(what.charAt(0)) + what.substring(1);
  }
}
