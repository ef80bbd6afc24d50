package org.fieldlift.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// The append-only record of a station and of the stations it exchanged with. An event that
/// [#append] returned is on disk: it survives a killed process and a lost power supply.
///
/// May be used by several threads, and one file by several processes, at once. Beside the file
/// stand SQLite's own `-wal` and `-shm` and a small `.head` ([Witness]); they belong to the ledger
/// and move with it.
public final class Ledger implements AutoCloseable {
  private final Path file;
  private final Store store;
  private final Witness witness;
  private final EventSigner signer;
  private final Clock clock;
  private @Nullable State folded;
  private long foldedEvents;

  private Ledger(Path file, Store store, EventSigner signer, Clock clock) {
    this.file = file;
    this.store = store;
    this.witness = new Witness(file);
    this.signer = signer;
    this.clock = clock;
  }

  /// Opens the ledger in this SQLite file, or begins one. Several processes may have it open.
  ///
  /// @throws Problem when the file is a folder, is no ledger, is of a newer version, is damaged or
  ///   cannot be written
  public static Ledger open(Path file, EventSigner signer, Clock clock) throws IOException {
    Ledger ledger = new Ledger(file, Store.open(file), signer, clock);
    boolean done = false;
    try {
      ledger.beginWitness();
      done = true;
      return ledger;
    } finally {
      if (!done) ledger.close();
    }
  }

  /// Records facts, all or none, in this order. Their times rise strictly, also when the clock does
  /// not.
  ///
  /// @throws Problem of kind USAGE when a text is too long; of kind NOT_GENUINE when events that
  ///   were recorded here are gone, since going on from there would fork the chain
  public synchronized List<Event> append(List<? extends Fact> facts) throws IOException {
    return append(Optional.empty(), facts);
  }

  /// As [#append(List)]; when the station has no event yet, the first one says which station it is.
  /// So that a ledger that only was looked at stays empty: an earlier one can still be imported.
  public synchronized List<Event> append(Fact.StationOpened opening, List<? extends Fact> facts)
      throws IOException {
    return append(Optional.of(opening), facts);
  }

  private List<Event> append(Optional<Fact.StationOpened> opening, List<? extends Fact> facts)
      throws IOException {
    for (Fact fact : facts) {
      if (fact instanceof Fact.Unknown) throw new IllegalArgumentException("not our own: " + fact);
    }
    List<Event> recorded =
        store.write(events -> {
          Optional<String> contradiction = witness.contradiction(events);
          if (contradiction.isPresent()) throw cannotGoOn(contradiction.get());
          Chain chain = events.chain(Digest.of(signer.publicKey()));
          List<Fact> all = new ArrayList<>(facts);
          if (chain.length() == 0) opening.ifPresent(all::addFirst);
          List<Event> appended = new ArrayList<>();
          for (Fact fact : all) {
            Link link = chain.extend(fact, signer, clock);
            events.insert(link, chain.length());
            appended.add(link.event());
          }
          return List.copyOf(appended);
        });
    renewWitness();
    return recorded;
  }

  /// All events, in the order of their fold (time, then id).
  public synchronized List<Event> events() throws IOException {
    List<Event> all = new ArrayList<>();
    store.read(events -> {
      events.forEach(row -> all.add(events.parse(row).event()));
      return all;
    });
    all.sort(Fold.ORDER);
    return List.copyOf(all);
  }

  /// The state that follows from all events.
  ///
  /// Folded anew only when events have come since, so a face may ask as often as it likes.
  public synchronized State state() throws IOException {
    long count = store.read(EventTable::count);
    if (folded == null || foldedEvents != count) {
      folded = Fold.of(events());
      foldedEvents = count;
    }
    return folded;
  }

  /// Stops an empty ledger from being taken for a new one.
  ///
  /// @throws Problem of kind NOT_GENUINE when there is nothing though something was recorded here
  public synchronized void requireNotLost() throws IOException {
    if (!store.read(EventTable::isEmpty)) return;
    Optional<String> contradiction = store.read(witness::contradiction);
    if (contradiction.isPresent()) throw cannotGoOn(contradiction.get());
  }

  /// Checks every chain: order, digests, signatures. Finds any event that was changed, removed, or
  /// put in; removed newest events by the witness beside the file.
  public synchronized LedgerCheck check() throws IOException {
    return store.read(events -> Check.of(events, witness));
  }

  /// Writes every event as JSON Lines: one event a line as it was signed, chain by chain, each from
  /// its first event on. The stream stays open.
  public synchronized void exportTo(OutputStream out) throws IOException {
    store.read(events -> {
      events.forEach(row -> out.write((row.line() + "\n").getBytes(StandardCharsets.UTF_8)));
      return out;
    });
    out.flush();
  }

  /// Takes in events (JSON Lines) of other stations, or this station's own from a backup; what is
  /// already here is left as it is. Other processes wait meanwhile.
  ///
  /// @return how many were new
  /// @throws Problem of kind NOT_GENUINE when a chain does not hold, or when afterwards events that
  ///   were recorded here would still be missing; then nothing was taken in
  public synchronized int importFrom(InputStream in) throws IOException {
    Digest own = Digest.of(signer.publicKey());
    int taken =
        store.write(events -> {
          int fresh = new Import(events, own).from(in);
          Optional<String> contradiction = witness.contradiction(events);
          if (contradiction.isPresent()) throw stillMissing(contradiction.get());
          return fresh;
        });
    renewWitness();
    return taken;
  }

  @Override
  public synchronized void close() throws IOException {
    store.close();
  }

  /// A ledger has its witness from before its first event on, so that a missing one means
  /// something.
  private synchronized void beginWitness() throws IOException {
    if (witness.isThere()) return;
    store.write(events -> {
      if (events.isEmpty() && !witness.isThere()) witness.renew(events, signer);
      return events;
    });
  }

  private void renewWitness() {
    try {
      store.write(events -> {
        witness.renew(events, signer);
        return events;
      });
    } catch (IOException unwritten) {
      // The events are on disk; to report a failure now would make the caller record them again. A
      // witness that is behind is no fault and catches up with the next event.
      return;
    }
  }

  private Problem stillMissing(String contradiction) {
    return Problem.notGenuine(
        contradiction + " The export does not change that; nothing was taken in.",
        "Import a newer export, or that of another station that took them in; when there is none,"
            + " move "
            + PlainText.of(witness.file().toString())
            + " away and import this one again.");
  }

  private Problem cannotGoOn(String contradiction) {
    return Problem.notGenuine(
        contradiction + " Nothing can be recorded in " + PlainText.of(file.toString()) + ".",
        "Restore the ledger from a backup or import an export that has these events, with:"
            + " fieldlift ledger import FILE; to begin a new ledger instead, move "
            + PlainText.of(witness.file().toString())
            + " away as well.");
  }
}
