package org.fieldlift.field;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.fieldlift.archive.Entry;
import org.fieldlift.archive.EntrySink;
import org.fieldlift.field.ImportPlan.App;
import org.fieldlift.field.ImportPlan.Fate;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.io.Yaml;

/// What a release would change at this device. Reads, and changes nothing.
final class Preview implements EntrySink {
  private final ByteArrayOutputStream manifest = new ByteArrayOutputStream();
  private final Set<String> files = new HashSet<>();

  @Override
  public void directory(Entry entry) {}

  @Override
  public void symlink(Entry entry) {}

  /// Keeps the manifest as it passes.
  @Override
  public OutputStream file(Entry entry) {
    files.add(entry.path());
    boolean isManifest = entry.path().equals(BundleManifest.FILE) && entry.size() <= Yaml.LARGEST;
    return isManifest ? manifest : OutputStream.nullOutputStream();
  }

  /// The manifest that passed.
  ///
  /// @throws org.fieldlift.io.Problem when Forklift could not apply it
  BundleManifest manifest() throws IOException {
    return BundleManifest.read(manifest.toByteArray(), files::contains);
  }

  /// What becomes of every app that is on the device, would come onto it next, or is in the
  /// release.
  static List<App> apps(BundleManifest release, StageStore store) throws IOException {
    Set<String> here = new TreeSet<>();
    for (String name : List.of("current", "next")) {
      Optional<BundleManifest> staged = store.manifest(name);
      staged.ifPresent(manifest -> here.addAll(manifest.deployments()));
    }
    Set<String> all = new TreeSet<>(here);
    all.addAll(release.deployments());
    List<App> apps = new ArrayList<>();
    for (String name : all) {
      boolean comes = release.deployments().contains(name);
      apps.add(new App(name, !comes ? Fate.REMOVED : here.contains(name) ? Fate.STAYS : Fate.NEW));
    }
    return apps;
  }
}
