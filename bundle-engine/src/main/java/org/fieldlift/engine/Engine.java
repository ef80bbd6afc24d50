package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;

/// A station: everything a face can ask of Fieldlift. The command line and the desktop call this
/// and nothing below it.
public interface Engine extends AutoCloseable {

  /// Opens the station whose files lie in this folder, and makes it when it is not there.
  static Engine open(Path home) throws IOException {
    return Station.open(home);
  }

  /// Where a person's station lies unless told otherwise: `FIELDLIFT_HOME`, else the system's place
  /// for application data.
  static Path defaultHome() {
    return StationHome.byDefault();
  }

  Path home();

  /// What this station is called ("Lab laptop 2").
  String stationName();

  ReleaseDesk releases();

  SourceDesk sources();

  TrustDesk trust();

  DriveDesk drives();

  FleetDesk fleet();

  FieldDesk field();

  BundleDesk bundles();

  DockerDesk docker();

  ImageDesk images();

  @Override
  void close() throws IOException;
}
