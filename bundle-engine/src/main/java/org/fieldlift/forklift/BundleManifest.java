package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// `forklift-bundle.yml`, as far as Fieldlift needs it. Original bytes are never rewritten.
///
/// @param path the pallet's path
/// @param version the pallet's version; "" when Forklift did not know it
/// @param timestamp the version's commit time as a number (`20241023155628`); 0 when the version
///   does not tell
/// @param deployments names of the deployments it applies
public record BundleManifest(
    String forkliftVersion,
    String path,
    String version,
    boolean clean,
    String description,
    long timestamp,
    List<String> deployments) {

  public static final String FILE = "forklift-bundle.yml";

  public static BundleManifest parse(byte[] yaml) throws IOException {
    throw new UnsupportedOperationException("parse " + yaml.length);
  }

  /// Reads the manifest of a staged bundle and checks what Forklift itself would need to apply it.
  public static BundleManifest read(Path bundle) throws IOException {
    throw new UnsupportedOperationException("read " + bundle);
  }
}
