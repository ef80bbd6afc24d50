package org.fieldlift.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// The rows of all chains, inside one transaction of the [Store].
///
/// What is read is taken from the signed line, never from the columns beside it.
final class EventTable {
  private final Connection connection;
  private final Path file;

  EventTable(Connection connection, Path file) {
    this.connection = connection;
    this.file = file;
  }

  /// One stored event with the columns it was filed under.
  record Row(
      String station,
      long position,
      String id,
      long time,
      @Nullable String previous,
      String digest,
      String line) {
    static Row of(Link link, long position) {
      Event event = link.event();
      return new Row(
          event.station().hex(),
          position,
          event.id().toString(),
          event.time().toEpochMilli(),
          event.previous() == null ? null : event.previous().hex(),
          link.digest().hex(),
          link.line());
    }
  }

  /// Takes rows one at a time.
  interface Reader {
    void take(Row row) throws IOException;
  }

  /// Every row, chain by chain, each from its first event on.
  void forEach(Reader reader) throws SQLException, IOException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT * FROM event ORDER BY station, position");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) reader.take(row(rows));
    }
  }

  /// A station's chain as far as it is stored; one without events when nothing is.
  Chain chain(Digest station) throws SQLException, IOException {
    Optional<Row> first = end(station, "ASC");
    Optional<Row> last = end(station, "DESC");
    if (first.isEmpty() || last.isEmpty()) return new Chain();
    byte[] key = parse(first.get()).key();
    if (key == null) throw damaged();
    return new Chain(key, parse(last.get()), last.get().position());
  }

  /// Digest of the event at this place of a station's chain.
  Optional<Digest> digestAt(Digest station, long position) throws SQLException, IOException {
    Optional<Row> row =
        row("SELECT * FROM event WHERE station = ? AND position = " + position, station);
    return row.isEmpty() ? Optional.empty() : Optional.of(parse(row.get()).digest());
  }

  /// True when this very event is stored.
  boolean holds(Link link) throws SQLException, IOException {
    Optional<Row> row = row("SELECT * FROM event WHERE digest = ?", link.digest());
    return row.isPresent() && row.get().line().equals(link.line());
  }

  boolean isEmpty() throws SQLException {
    return count() == 0;
  }

  /// How many events there are; nothing is ever changed or removed, so the same count is the same
  /// ledger.
  long count() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT COUNT(*) FROM event");
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /// Stations that have two events after the same one.
  List<String> forked() throws SQLException {
    return texts(
        "SELECT DISTINCT station FROM event GROUP BY station, previous HAVING COUNT(*) > 1");
  }

  /// What SQLite finds wrong with the file itself; nothing when it is sound.
  List<String> damage() throws SQLException {
    List<String> found = texts("PRAGMA integrity_check(10)");
    return found.equals(List.of("ok")) ? List.of() : found;
  }

  /// Puts an event at the end of its chain.
  void insert(Link link, long position) throws SQLException {
    Row row = Row.of(link, position);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO event (station, position, id, time, previous, digest, line)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, row.station());
      insert.setLong(2, row.position());
      insert.setString(3, row.id());
      insert.setLong(4, row.time());
      if (row.previous() == null) insert.setNull(5, Types.VARCHAR);
      else insert.setString(5, row.previous());
      insert.setString(6, row.digest());
      insert.setString(7, row.line());
      insert.executeUpdate();
    }
  }

  /// The event of a row.
  Link parse(Row row) throws Problem {
    return Link.parse(row.line(), "Event " + row.position() + " of " + file.getFileName());
  }

  private Optional<Row> end(Digest station, String direction) throws SQLException, IOException {
    return row(
        "SELECT * FROM event WHERE station = ? ORDER BY position " + direction + " LIMIT 1",
        station);
  }

  private Optional<Row> row(String sql, Digest argument) throws SQLException, IOException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, argument.hex());
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(row(rows)) : Optional.empty();
      }
    }
  }

  /// A column that holds nothing was not written by us, whatever the table says.
  private Row row(ResultSet rows) throws SQLException, Problem {
    return new Row(
        text(rows, "station"),
        rows.getLong("position"),
        text(rows, "id"),
        rows.getLong("time"),
        rows.getString("previous"),
        text(rows, "digest"),
        text(rows, "line"));
  }

  private String text(ResultSet rows, String column) throws SQLException, Problem {
    String text = rows.getString(column);
    if (text == null) throw damaged();
    return text;
  }

  private List<String> texts(String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) texts.add(String.valueOf(rows.getString(1)));
      return texts;
    }
  }

  private Problem damaged() {
    return Problem.notGenuine(
        "The ledger " + PlainText.of(file.toString()) + " was changed by another program.",
        "Check the ledger, then restore it from a backup.");
  }
}
