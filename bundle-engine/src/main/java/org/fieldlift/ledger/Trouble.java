package org.fieldlift.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// What SQLite's result codes mean to the person whose ledger it is
/// (<https://www.sqlite.org/rescode.html>).
final class Trouble {
  static final int BUSY = 5;
  private static final int PERM = 3;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  /// Bytes of the `-shm` file that SQLite makes beside a ledger.
  private static final long SHARED_INDEX = 32 << 10;

  private Trouble() {}

  /// The problem with this ledger file. Whatever was being recorded is not recorded.
  static Problem with(Path file, SQLException cause) {
    String ledger = "The ledger " + PlainText.of(file.toString());
    return switch (code(file, cause)) {
      case BUSY, LOCKED ->
          problem(
              ledger + " is being written by another program.",
              "Wait until that is done and try again.",
              cause);
      case FULL ->
          problem(
              ledger + " has no room: its disk is full. Nothing was recorded.",
              "Free some space on that disk and try again.",
              cause);
      case READONLY, PERM, CANTOPEN ->
          problem(
              ledger + " cannot be opened for writing.",
              "Check that you may write this file and its folder, and that the disk is not"
                  + " write-protected.",
              cause);
      case IOERR ->
          problem(
              ledger + " cannot be read or written: its disk reports an error.",
              "Copy the ledger's folder to a sound disk, then check the ledger.",
              cause);
      case CORRUPT, NOTADB ->
          problem(
              "The file " + PlainText.of(file.toString()) + " is damaged or is not a ledger.",
              "Restore it from a backup, or move it away and import an exported ledger.",
              cause);
      default ->
          problem(
              ledger
                  + " could not be used: "
                  + PlainText.of(String.valueOf(cause.getMessage()))
                  + ".",
              "Try again; if it happens again, check the ledger.",
              cause);
    };
  }

  /// On a full disk SQLite cannot make room for its shared index either, and then speaks of an
  /// error of the disk.
  private static int code(Path file, SQLException cause) {
    int code = cause.getErrorCode();
    if (code != IOERR) return code;
    try {
      Path folder = file.toAbsolutePath().getParent();
      boolean isFull = folder != null && Files.getFileStore(folder).getUsableSpace() < SHARED_INDEX;
      return isFull ? FULL : IOERR;
    } catch (IOException unknown) {
      return IOERR;
    }
  }

  private static Problem problem(String what, String next, SQLException cause) {
    return new Problem(Problem.Kind.FAILED, what, next, cause);
  }
}
