package org.fieldlift.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.fieldlift.ledger.Samples.MORNING;
import static org.fieldlift.ledger.Samples.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person is told when the ledger cannot be used. Every error here is SQLite's own.
class TroubleTest {
  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("ledger.db");
  }

  private Ledger open() throws IOException {
    return Ledger.open(file, TestStation.create(), new TestClock(MORNING));
  }

  private Problem openingFails() {
    return catchThrowableOfType(Problem.class, this::open);
  }

  @Test
  void aFolderIsNoLedger() throws IOException {
    Files.createDirectory(file);
    assertThat(openingFails()).hasMessage("The ledger " + file + " is a folder.");
  }

  @Test
  void aFileThatIsNoDatabaseIsLeftAsItIs() throws IOException {
    byte[] letter = "Dear captain, the microscope is in the blue box. ".repeat(50).getBytes(UTF_8);
    Files.write(file, letter);
    assertThat(openingFails())
        .hasMessage("The file " + file + " is damaged or is not a ledger.")
        .extracting(Problem::next)
        .isEqualTo("Restore it from a backup, or move it away and import an exported ledger.");
    assertThat(file).hasBinaryContent(letter);
  }

  @Test
  void theDatabaseOfAnotherProgramIsLeftAsItIs() throws Exception {
    execute("CREATE TABLE bookmarks (url TEXT)");
    byte[] before = Files.readAllBytes(file);
    assertThat(openingFails())
        .hasMessage("The file " + file + " is the database of another program.");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aLedgerOfANewerVersionIsNotTouched() throws Exception {
    open().close();
    execute("INSERT INTO migration (number) VALUES (99)");
    assertThat(openingFails())
        .hasMessage("The ledger " + file + " was written by a newer version of Fieldlift.")
        .extracting(Problem::next)
        .isEqualTo("Update Fieldlift on this computer.");
  }

  @Test
  void aDamagedDatabaseIsSaidToBeDamaged() throws Exception {
    try (Ledger ledger = open()) {
      for (int number = 0; number < 30; number++) ledger.append(List.of(device("D" + number)));
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 4096; at < bytes.length; at++) bytes[at] = (byte) (at * 31);
    Files.write(file, bytes);
    Problem problem =
        catchThrowableOfType(
            Problem.class,
            () -> {
              try (Ledger ledger = open()) {
                ledger.events();
              }
            });
    assertThat(problem).hasMessage("The file " + file + " is damaged or is not a ledger.");
  }

  @Test
  void aDiskWithoutRoomIsSaidToBeFull() throws Exception {
    SQLException full = errorOf("PRAGMA max_page_count = 1", "CREATE TABLE big (x)");
    assertThat(Trouble.with(file, full))
        .hasMessage("The ledger " + file + " has no room: its disk is full. Nothing was recorded.");
  }

  @Test
  void aWriteProtectedLedgerIsSaidToBeSo() throws Exception {
    SQLException readOnly = errorOf("PRAGMA query_only = ON", "CREATE TABLE t (x)");
    assertThat(Trouble.with(file, readOnly))
        .hasMessage("The ledger " + file + " cannot be opened for writing.");
  }

  @Test
  void aLedgerThatAnotherProgramHoldsIsSaidToBeBusy() throws Exception {
    execute("CREATE TABLE t (x)");
    try (Connection holder = connect();
        Statement hold = holder.createStatement()) {
      hold.execute("BEGIN EXCLUSIVE");
      SQLException busy = errorOf("PRAGMA busy_timeout = 0", "BEGIN IMMEDIATE");
      assertThat(Trouble.with(file, busy))
          .hasMessage("The ledger " + file + " is being written by another program.")
          .extracting(Problem::next)
          .isEqualTo("Wait until that is done and try again.");
    }
  }

  @Test
  void anythingElseIsToldInSqlitesOwnWords() throws Exception {
    assertThat(Trouble.with(file, errorOf("SELECT * FROM nowhere")))
        .hasMessageContaining("no such table: nowhere")
        .hasCauseInstanceOf(SQLException.class);
    assertThat(Trouble.with(file, new SQLException("disk", null, 10)))
        .hasMessageContaining("its disk reports an error");
  }

  @Test
  void aLedgerBelowAFileCannotBeBegun() throws IOException {
    Files.writeString(folder.resolve("note"), "x");
    file = folder.resolve("note").resolve("ledger.db");
    assertThat(openingFails()).hasMessage("The folder of the ledger " + file + " cannot be made.");
  }

  private SQLException errorOf(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return catchThrowableOfType(
          SQLException.class,
          () -> {
            for (String sql : statements) statement.execute(sql);
          });
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
