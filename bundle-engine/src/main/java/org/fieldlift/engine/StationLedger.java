package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.EventSigner;
import org.fieldlift.ledger.Fact;
import org.fieldlift.ledger.Ledger;
import org.fieldlift.trust.StationKey;
import org.jspecify.annotations.Nullable;

/// The station's key and the ledger it signs, opened when somebody first needs them: to ask whether
/// a release is genuine, or to import one at a device, takes neither.
final class StationLedger implements AutoCloseable {
  private final Path keyFolder;
  private final Path file;
  private final String station;
  private final Clock clock;
  private @Nullable StationKey key;
  private @Nullable Ledger ledger;

  StationLedger(StationHome home, String station, Clock clock) {
    this.keyFolder = home.key();
    this.file = home.ledger();
    this.station = station;
    this.clock = clock;
  }

  synchronized StationKey key() throws IOException {
    if (key == null) key = StationKey.openOrCreate(keyFolder);
    return key;
  }

  /// @throws Problem of kind NOT_GENUINE when the ledger was lost
  synchronized Ledger open() throws IOException {
    Ledger opened = openAsItIs();
    opened.requireNotLost();
    return opened;
  }

  /// To check the ledger or to restore it, whatever became of it.
  synchronized Ledger openAsItIs() throws IOException {
    if (ledger == null) ledger = Ledger.open(file, signer(key()), clock);
    return ledger;
  }

  /// Records facts, all or none. The station's first event says which station it is.
  void append(List<? extends Fact> facts) throws IOException {
    open().append(new Fact.StationOpened(station), facts);
  }

  /// Whether this station was, as far as the ledger knows, the last to write the drive of this
  /// code.
  boolean wroteLast(String drive) throws IOException {
    if (Files.notExists(file)) return false;
    Digest own = key().fingerprint();
    return open().events().stream()
        .filter(event ->
            event.fact() instanceof Fact.DriveWritten written && written.drive().equals(drive))
        .reduce((earlier, later) -> later)
        .filter(last -> last.station().equals(own))
        .isPresent();
  }

  @Override
  public synchronized void close() throws IOException {
    if (ledger != null) ledger.close();
  }

  private static EventSigner signer(StationKey key) {
    return new EventSigner() {
      @Override
      public byte[] publicKey() {
        return key.publicKey();
      }

      @Override
      public byte[] sign(byte[] message) {
        return key.sign(message);
      }
    };
  }
}
