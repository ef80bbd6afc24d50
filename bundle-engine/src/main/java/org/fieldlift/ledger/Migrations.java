package org.fieldlift.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Brings a database to this version's tables: numbered scripts, each run once, in order.
final class Migrations {
  /// In the order in which they run; a script that was ever released is never changed.
  private static final List<String> SCRIPTS = List.of("001-events.sql");

  private Migrations() {}

  /// True when the tables are this version's.
  ///
  /// @throws Problem when they are those of a newer version or of another program
  static boolean areDone(Connection connection, Path file) throws SQLException, Problem {
    int have = version(connection, file);
    if (have > SCRIPTS.size()) {
      throw Problem.failed(
          "The ledger "
              + PlainText.of(file.toString())
              + " was written by a newer version of Fieldlift.",
          "Update Fieldlift on this computer.");
    }
    return have == SCRIPTS.size();
  }

  /// Runs what has not run yet. To be called inside a transaction that holds the write lock:
  /// another process may have done it in the meantime.
  static void run(Connection connection, Path file) throws SQLException, IOException {
    int have = version(connection, file);
    for (int number = have + 1; number <= SCRIPTS.size(); number++) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : script(SCRIPTS.get(number - 1)).split("\r?\n\r?\n", -1)) {
          statement.execute(sql);
        }
        statement.execute("INSERT INTO migration (number) VALUES (" + number + ")");
      }
    }
  }

  /// Number of the newest script that ran. A database that has tables but none of ours belongs to
  /// another program; it must not be written into.
  private static int version(Connection connection, Path file) throws SQLException, Problem {
    if (first(connection, "SELECT COUNT(*) FROM sqlite_master") == 0) return 0;
    if (first(connection, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'migration'") == 0) {
      throw Problem.failed(
          "The file " + PlainText.of(file.toString()) + " is the database of another program.",
          "Choose another place for the ledger.");
    }
    return first(connection, "SELECT MAX(number) FROM migration");
  }

  private static int first(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  private static String script(String name) throws IOException {
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("missing resource " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
