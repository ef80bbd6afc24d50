package org.fieldlift.ledger;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Problem;

/// Takes in exported events: each must be here already or go at the end of its station's chain.
///
/// Runs inside one write transaction, so a single bad line undoes all of it. Holds one line and the
/// end of each chain in memory, whatever it is fed.
final class Import {
  /// Most lines that are read at once.
  static final int MOST_EVENTS = 1_000_000;

  /// Most stations whose events are read at once.
  static final int MOST_STATIONS = 1000;

  private final EventTable events;
  private final Digest own;
  private final Map<Digest, Chain> chains = new HashMap<>();

  /// @param own the station whose ledger this is
  Import(EventTable events, Digest own) {
    this.events = events;
    this.own = own;
  }

  /// Reads JSON Lines to their end.
  ///
  /// @return how many events were new
  int from(InputStream in) throws SQLException, IOException {
    BufferedInputStream lines = new BufferedInputStream(in);
    int taken = 0;
    int number = 0;
    Optional<String> line = nextLine(lines, 1);
    while (line.isPresent()) {
      if (++number > MOST_EVENTS) throw Limits.tooLarge("The export", number, MOST_EVENTS);
      if (take(Link.parse(line.get(), "Line " + number + " of the export"), number)) taken++;
      line = nextLine(lines, number + 1);
    }
    return taken;
  }

  private boolean take(Link link, int number) throws SQLException, IOException {
    if (events.holds(link)) return false;
    Digest station = link.event().station();
    Chain chain = chains.get(station);
    if (chain == null) {
      if (chains.size() == MOST_STATIONS) {
        throw refused(number, "is of one station more than can be taken in at once");
      }
      chain = events.chain(station);
      chains.put(station, chain);
    }
    boolean isBegun = chain.length() > 0;
    List<String> faults = chain.take(link);
    if (!faults.isEmpty()) {
      String why = String.join(" and ", faults);
      throw isBegun && station.equals(own) ? forked(number, why) : refused(number, why);
    }
    events.insert(link, chain.length());
    return true;
  }

  private static Optional<String> nextLine(InputStream in, int number) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) return Optional.empty();
    while (next >= 0 && next != '\n') {
      if (line.size() == Link.LONGEST) {
        throw Limits.tooLarge("Line " + number + " of the export", line.size() + 1L, Link.LONGEST);
      }
      line.write(next);
      next = in.read();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      throw refused(number, "is not UTF-8 text");
    }
  }

  /// An export of this very station that does not go on where its ledger ends: since the backup
  /// something else was recorded under the same key.
  private static Problem forked(int number, String why) {
    return Problem.notGenuine(
        "Line "
            + number
            + " of the export "
            + why
            + ": this station recorded something else in its place; nothing was taken in.",
        "To have what the export tells instead of what was recorded here, move ledger.db and"
            + " ledger.db.head out of the station's folder and import it again.");
  }

  private static Problem refused(int number, String why) {
    return Problem.notGenuine(
        "Line " + number + " of the export " + why + "; nothing was taken in.",
        "Ask the other station to check its ledger and to export it again.");
  }
}
