package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.oci.docker.loading.LoadMemory;
import org.fieldlift.store.ReleaseStore;

/// The one place where the engine is put together.
final class Station implements Engine {
  private final StationHome home;
  private final String name;
  private final StationLedger ledger;
  private final StationReleases releases;
  private final StationSources sources;
  private final StationTrust trust;
  private final StationDrives drives;
  private final StationFleet fleet;
  private final StationField field;
  private final StationBundles bundles;
  private final StationDocker docker;
  private final StationImages images;

  private Station(StationHome home, String name, Clock clock) throws IOException {
    this.home = home;
    this.name = name;
    this.ledger = new StationLedger(home, name, clock);
    this.sources = new StationSources(home.sources());
    this.trust = new StationTrust(home.trust());
    this.fleet = new StationFleet(home, ledger);
    this.releases =
        new StationReleases(ReleaseStore.open(home.store()), sources, trust, ledger, clock);
    this.drives =
        new StationDrives(name, new VirtualDrives(home.drives()), releases, fleet, ledger, clock);
    this.docker = new StationDocker(home.images(), new LoadMemory(home.loadedImages()));
    this.field = new StationField(home.device(), trust, docker);
    this.bundles = new StationBundles(home, releases, clock);
    this.images = new StationImages(home.images());
  }

  static Station open(Path folder) throws IOException {
    return open(folder, Clock.systemUTC());
  }

  static Station open(Path folder, Clock clock) throws IOException {
    StationHome home = StationHome.at(folder);
    for (Path written : home.written()) AtomicFiles.sweep(written);
    return new Station(home, home.name(), clock);
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
  public BundleDesk bundles() {
    return bundles;
  }

  @Override
  public DockerDesk docker() {
    return docker;
  }

  @Override
  public ImageDesk images() {
    return images;
  }

  @Override
  public void close() throws IOException {
    ledger.close();
  }
}
