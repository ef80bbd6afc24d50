package org.fieldlift.cli;

import org.fieldlift.field.ImportResult;
import org.fieldlift.io.Problem;

/// Exit codes, the same for every command and for a drive's `import.sh`.
enum Exit {
  DONE(0),
  FAILED(1),
  WRONG_USAGE(2),
  NOT_GENUINE(3),
  DRIVE_FAULT(4);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Exit of(Problem.Kind kind) {
    return switch (kind) {
      case FAILED -> FAILED;
      case USAGE -> WRONG_USAGE;
      case NOT_GENUINE -> NOT_GENUINE;
      case DRIVE -> DRIVE_FAULT;
    };
  }

  static Exit of(ImportResult.Refusal refusal) {
    return switch (refusal) {
      case NOT_GENUINE, WRONG_KIND, WRONG_PLATFORM, OLDER, EXPIRED, DAMAGED -> NOT_GENUINE;
      case DRIVE, NO_SPACE, STORE_BUSY, IMAGES -> DRIVE_FAULT;
    };
  }
}
