package org.fieldlift.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// One station's chain up to its newest event, growing link by link. Everything that reads or
/// writes a chain goes through here, so a chain that was written can be read.
final class Chain {
  private byte @Nullable [] key;
  private @Nullable Link last;
  private long length;

  /// A chain without events.
  Chain() {}

  /// A chain that is already stored.
  ///
  /// @param key of its first event
  Chain(byte[] key, Link last, long length) {
    this.key = key;
    this.last = last;
    this.length = length;
  }

  /// How many events it has.
  long length() {
    return length;
  }

  /// Digest of its newest event; null while it has none.
  @Nullable Digest tip() {
    return last == null ? null : last.digest();
  }

  /// Adds a fact as the next event.
  ///
  /// Time rises strictly along a chain: when the clock is not past the last event (it was set back,
  /// or two facts fall in one millisecond) the event gets the last one's time plus 1 ms. So order
  /// holds even on a computer that wakes up in 1970.
  Link extend(Fact fact, EventSigner signer, Clock clock) throws Problem {
    Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant earliest = last == null ? Instant.EPOCH : last.event().time().plusMillis(1);
    if (time.isBefore(earliest)) time = earliest;
    if (time.isAfter(Link.LATEST)) {
      throw Problem.failed(
          "The clock of this computer is past the year 9999.", "Set the clock and try again.");
    }
    Link next = Link.sign(EventId.at(time), time, tip(), fact, signer);
    List<String> faults = take(next);
    if (!faults.isEmpty()) throw new IllegalStateException("own event " + faults.getFirst());
    return next;
  }

  /// Takes in the next link and says what is wrong with it, each as the end of a sentence that
  /// begins with the event. It is taken in all the same, so that one fault does not hide the rest.
  List<String> take(Link next) {
    List<String> faults = new ArrayList<>();
    Event event = next.event();
    if (last == null) {
      if (event.previous() != null)
        faults.add("has no beginning: the events before it are missing");
      key = next.key();
    } else if (event.previous() == null) {
      faults.add("begins the chain a second time");
    } else {
      if (!event.previous().equals(last.digest())) {
        faults.add("does not follow the event before it: one was changed, removed or put in");
      }
      if (!event.time().isAfter(last.event().time())) {
        faults.add("is not later than the event before it");
      }
    }
    if (key != null && !isSigned(next)) faults.add("is not signed by its station");
    last = next;
    length++;
    return faults;
  }

  /// True when the chain's station signed this message.
  boolean signed(byte[] message, byte[] signature) {
    return key != null && Ed25519.verify(key, message, signature);
  }

  /// Stops an event of one station from being passed off as another's: the station must be the
  /// key's digest, and the key must have signed.
  private boolean isSigned(Link link) {
    return key != null
        && link.event().station().equals(Digest.of(key))
        && signed(link.signed(), link.event().signature());
  }
}
