package org.fieldlift.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The SQLite file of a ledger, opened so that what is committed survives a killed process and a
/// lost power supply (write-ahead log, every commit synced) and so that processes wait for each
/// other. Not for several threads at once.
final class Store implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int PAUSE_MILLIS = 20;

  private final Path file;
  private final Connection connection;

  private Store(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// Opens the file, or begins one; missing folders are made.
  static Store open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw Problem.failed(
          "The ledger " + PlainText.of(file.toString()) + " is a folder.",
          "Name a file for the ledger.");
    }
    makeFolder(file);
    SqliteLibrary.keepBeside(file);
    try {
      return patiently(file);
    } catch (SQLException e) {
      throw Trouble.with(file, e);
    }
  }

  private static void makeFolder(Path file) throws Problem {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) Files.createDirectories(folder);
    } catch (IOException e) {
      throw new Problem(
          Problem.Kind.FAILED,
          "The folder of the ledger " + PlainText.of(file.toString()) + " cannot be made.",
          "Check that you may write there, or choose another place for the ledger.",
          e);
    }
  }

  /// Some work on the events, all or none of it.
  interface Work<T> {
    T on(EventTable events) throws SQLException, IOException;
  }

  /// Reads from one consistent state of the ledger; others may write meanwhile.
  <T> T read(Work<T> work) throws IOException {
    return transaction("BEGIN", work);
  }

  /// Holds the write lock from the first look to the commit, so that two processes cannot both put
  /// an event after the same one.
  <T> T write(Work<T> work) throws IOException {
    return transaction("BEGIN IMMEDIATE", work);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Trouble.with(file, e);
    }
  }

  private <T> T transaction(String begin, Work<T> work) throws IOException {
    try {
      execute(connection, begin);
      boolean done = false;
      try {
        T result = work.on(new EventTable(connection, file));
        execute(connection, "COMMIT");
        done = true;
        return result;
      } finally {
        if (!done) rollBack();
      }
    } catch (SQLException e) {
      throw Trouble.with(file, e);
    }
  }

  /// SQLite rolls back by itself after some errors (a full disk); then there is nothing left to do
  /// here and the first error is the one that counts.
  private void rollBack() {
    try {
      execute(connection, "ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      return;
    }
  }

  /// Two processes that begin one ledger at the same moment can meet in the switch to the
  /// write-ahead log, where SQLite does not wait by itself.
  private static Store patiently(Path file) throws SQLException, IOException {
    long giveUp = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (true) {
      try {
        return once(file);
      } catch (SQLException e) {
        if (e.getErrorCode() != Trouble.BUSY || System.nanoTime() > giveUp) throw e;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Problem.failed("Opening the ledger was stopped.", "Try again.");
      }
    }
  }

  private static Store once(Path file) throws SQLException, IOException {
    // A URI, because the driver reads options out of a plain path that holds a question mark.
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
    Store store = new Store(file, connection);
    boolean done = false;
    try {
      execute(connection, "PRAGMA busy_timeout = " + PATIENCE_MILLIS);
      boolean migrated = Migrations.areDone(connection, file);
      execute(connection, "PRAGMA journal_mode = WAL");
      execute(connection, "PRAGMA synchronous = FULL");
      execute(connection, "PRAGMA foreign_keys = ON");
      if (!migrated) {
        execute(connection, "BEGIN IMMEDIATE");
        Migrations.run(connection, file);
        execute(connection, "COMMIT");
      }
      done = true;
      return store;
    } finally {
      if (!done) connection.close();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
