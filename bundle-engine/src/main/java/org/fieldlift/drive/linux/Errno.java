package org.fieldlift.drive.linux;

import java.nio.file.Path;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.drive.target.Rights;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Linux error numbers (asm-generic/errno-base.h, errno.h) in words.
final class Errno {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EIO = 5;
  static final int ENXIO = 6;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int ENODEV = 19;
  static final int EINVAL = 22;
  static final int ENOSPC = 28;
  static final int EROFS = 30;
  static final int EOPNOTSUPP = 95;
  static final int ESHUTDOWN = 108;
  static final int ENOMEDIUM = 123;
  static final int EREMOTEIO = 121;

  private Errno() {}

  /// An operation that failed.
  static DeviceError error(int errno) {
    return switch (errno) {
      case ENODEV, ENXIO, ENOMEDIUM, ESHUTDOWN -> error(DeviceError.Kind.REMOVED, "device is gone");
      case EROFS, EPERM, EACCES -> error(DeviceError.Kind.READ_ONLY, "device is read-only");
      case ENOSPC -> error(DeviceError.Kind.FULL, "device ends here");
      case EIO, EREMOTEIO -> error(DeviceError.Kind.IO, "input/output error");
      default -> error(DeviceError.Kind.IO, "system error " + errno);
    };
  }

  private static DeviceError error(DeviceError.Kind kind, String words) {
    return new DeviceError(kind, words);
  }

  /// A drive that could not be opened.
  static Problem refusal(int errno, Path drive) {
    String name = PlainText.of(drive.toString());
    return switch (errno) {
      case EBUSY ->
          Problem.drive(
              name + " is in use by another program.",
              "Close what uses it (a file manager, another writer), then try again.");
      case EACCES, EPERM -> Rights.missing("read and write", name);
      case EROFS ->
          Problem.drive(
              name + " is write-protected.",
              "Slide its write-protect switch, or use another drive.");
      case ENOMEDIUM ->
          Problem.drive(name + " is an empty slot.", "Insert a card, or use another drive.");
      case ENODEV, ENXIO, ENOENT ->
          Problem.drive(name + " was removed.", "Plug it in again, then try again.");
      case EIO ->
          Problem.drive(name + " does not answer.", "Unplug it, plug it in again, or replace it.");
      default ->
          Problem.drive(
              name + " cannot be opened (system error " + errno + ").", "Use another drive.");
    };
  }
}
