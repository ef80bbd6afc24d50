package org.fieldlift.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// The append-only record of a station and of the stations it exchanged with. An event that
/// [#append] returned is on disk.
public final class Ledger implements AutoCloseable {
  private Ledger() {}

  /// Opens the ledger in this SQLite file, or begins one. Several processes may have it open.
  public static Ledger open(Path file, EventSigner signer, Clock clock) throws IOException {
    throw new UnsupportedOperationException("open " + file + signer + clock);
  }

  /// Records facts, all or none, in this order.
  public List<Event> append(List<? extends Fact> facts) throws IOException {
    throw new UnsupportedOperationException("append " + facts);
  }

  /// All events, in the order of their fold (time, then id).
  public List<Event> events() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// The state that follows from all events.
  public State state() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Checks every chain: order, digests, signatures. Finds any event that was changed, removed from
  /// the middle, or put in.
  public LedgerCheck check() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Writes every event as JSON Lines.
  public void exportTo(OutputStream out) throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Takes in events of other stations (JSON Lines); what is already here is left as it is.
  ///
  /// @return how many were new
  /// @throws org.fieldlift.io.Problem of kind NOT_GENUINE when a chain does not hold; then nothing
  ///   was taken in
  public int importFrom(InputStream in) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
