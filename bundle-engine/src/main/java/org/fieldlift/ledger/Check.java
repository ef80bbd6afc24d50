package org.fieldlift.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// Reads a whole ledger and believes nothing: every line is parsed, every signature and digest
/// computed, every column compared with its line, every position counted.
final class Check {
  /// Most faults that are told; a ledger that was overwritten has one for each event.
  private static final int MOST_FAULTS = 100;

  private final EventTable table;
  private final List<String> faults = new ArrayList<>();
  private int events;
  private int stations;
  private @Nullable String station;
  private Chain chain = new Chain();
  private long expected;

  private Check(EventTable table) {
    this.table = table;
  }

  /// Checks all chains and the witness.
  static LedgerCheck of(EventTable table, Witness witness) throws SQLException, IOException {
    Check check = new Check(table);
    check.witness(witness);
    table.damage().forEach(damage -> check.fault("The database is damaged: " + damage + "."));
    for (String forked : table.forked()) {
      check.fault("The chain of station " + brief(forked) + " is forked: two events follow one.");
    }
    table.forEach(check::row);
    return new LedgerCheck(check.events, check.stations, List.copyOf(check.faults));
  }

  private void witness(Witness witness) throws SQLException, IOException {
    if (!witness.isThere() && !table.isEmpty()) {
      fault(
          "The file "
              + PlainText.of(witness.file().toString())
              + " is missing; without it nobody can say whether the newest events are all here.");
    }
    try {
      Optional<String> contradiction = witness.contradiction(table);
      contradiction.ifPresent(this::fault);
    } catch (Problem damaged) {
      fault(damaged.what());
    }
  }

  private void row(EventTable.Row row) {
    events++;
    if (!row.station().equals(station)) {
      stations++;
      station = row.station();
      chain = new Chain();
      expected = 1;
    }
    if (row.position() != expected) {
      fault(
          "Event %d of station %s is missing or out of place."
              .formatted(expected, brief(row.station())));
    }
    expected = row.position() + 1;
    Link link;
    try {
      link = table.parse(row);
    } catch (Problem unreadable) {
      fault(unreadable.what());
      return;
    }
    String name = "Event %d of station %s ".formatted(row.position(), brief(row.station()));
    if (!row.equals(EventTable.Row.of(link, row.position()))) {
      fault(name + "is filed under columns that differ from what was signed.");
    }
    for (String why : chain.take(link)) fault(name + why + ".");
  }

  private void fault(String sentence) {
    if (faults.size() < MOST_FAULTS) faults.add(sentence);
    else if (faults.size() == MOST_FAULTS) faults.add("There are more faults.");
  }

  private static String brief(String station) {
    return Digest.looksLike(station) ? Digest.parse(station).brief() : PlainText.of(station);
  }
}
