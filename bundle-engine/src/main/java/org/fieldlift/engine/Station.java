package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.ledger.EventSigner;
import org.fieldlift.ledger.Fact;
import org.fieldlift.ledger.Ledger;
import org.fieldlift.store.ReleaseStore;
import org.fieldlift.trust.StationKey;

/// The one place where the engine is put together.
final class Station implements Engine {
  private final StationHome home;
  private final String name;
  private final Ledger ledger;
  private final StationReleases releases;
  private final StationSources sources;
  private final StationTrust trust;
  private final StationDrives drives;
  private final StationFleet fleet;
  private final StationField field;

  private Station(StationHome home, String name, StationKey key, Ledger ledger, Clock clock)
      throws IOException {
    this.home = home;
    this.name = name;
    this.ledger = ledger;
    this.sources = new StationSources(home.sources());
    this.trust = new StationTrust(home.trust());
    this.fleet = new StationFleet(ledger);
    this.releases =
        new StationReleases(ReleaseStore.open(home.store()), sources, trust, ledger, clock);
    this.drives =
        new StationDrives(
            name, key, new VirtualDrives(home.drives()), releases, fleet, ledger, clock);
    this.field = new StationField(home.device(), trust);
  }

  static Station open(Path folder) throws IOException {
    Clock clock = Clock.systemUTC();
    StationHome home = StationHome.at(folder);
    for (Path written : home.written()) AtomicFiles.sweep(written);
    String name = home.name();
    StationKey key = StationKey.openOrCreate(home.key());
    Ledger ledger = Ledger.open(home.ledger(), signer(key), clock);
    try {
      if (ledger.isEmpty()) ledger.append(List.of(new Fact.StationOpened(name)));
      return new Station(home, name, key, ledger, clock);
    } catch (IOException | RuntimeException e) {
      ledger.close();
      throw e;
    }
  }

  @Override
  public Path home() {
    return home.folder();
  }

  @Override
  public String stationName() {
    return name;
  }

  @Override
  public ReleaseDesk releases() {
    return releases;
  }

  @Override
  public SourceDesk sources() {
    return sources;
  }

  @Override
  public TrustDesk trust() {
    return trust;
  }

  @Override
  public DriveDesk drives() {
    return drives;
  }

  @Override
  public FleetDesk fleet() {
    return fleet;
  }

  @Override
  public FieldDesk field() {
    return field;
  }

  @Override
  public void close() throws IOException {
    ledger.close();
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
