package org.fieldlift.ledger;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.State.Drive;
import org.fieldlift.ledger.State.KnownRelease;

/// Turns the events of all stations into the state that follows from them.
///
/// Events are taken by time, then id, whoever brought them and when, so every station that has the
/// same events has the same state. Clocks of two stations may differ: a delivery can move, by one
/// clock, before it was planned by the other. So moves are applied after all else.
final class Fold {
  /// Ids are compared as text: `UUID.compareTo` is signed and no order of time.
  static final Comparator<Event> ORDER =
      Comparator.comparing(Event::time)
          .thenComparing(event -> event.id().toString())
          .thenComparing(Event::station);

  private final Conflicts conflicts = new Conflicts();
  private final DeviceFold devices = new DeviceFold(conflicts);
  private final DeliveryFold deliveries = new DeliveryFold(conflicts);
  private final SortedMap<Digest, KnownRelease> releases = new TreeMap<>();
  private final SortedMap<String, Drive> drives = new TreeMap<>();

  private Fold() {}

  /// The state after these events, which may come in any order.
  static State of(List<Event> events) {
    Fold fold = new Fold();
    List<Event> ordered = events.stream().sorted(ORDER).toList();
    ordered.forEach(fold::take);
    ordered.forEach(fold::move);
    fold.deliveries.finish(fold.devices.known());
    fold.devices.finish();
    return new State(
        fold.devices.known(),
        Collections.unmodifiableMap(fold.releases),
        Collections.unmodifiableMap(fold.drives),
        fold.deliveries.all(),
        fold.conflicts.sentences());
  }

  private void take(Event event) {
    switch (event.fact()) {
      case Fact.StationOpened opened -> conflicts.name(event.station(), opened.name());
      case Fact.DeviceAdded added -> devices.add(added, event.station());
      case Fact.DeviceAssigned assigned -> devices.assign(assigned);
      case Fact.ReleaseAdmitted admitted -> admit(admitted);
      case Fact.DriveWritten written -> write(written, event);
      case Fact.DeliveryPlanned planned -> deliveries.plan(planned, event);
      case Fact.DeliveryMoved _, Fact.DriveFailed _, Fact.Unknown _ -> {}
    }
  }

  private void move(Event event) {
    if (event.fact() instanceof Fact.DeliveryMoved moved) deliveries.move(moved, event.time());
  }

  /// A digest says which release it is, so honest stations can differ in the verdict only; of those
  /// the newest counts.
  private void admit(Fact.ReleaseAdmitted admitted) {
    KnownRelease release =
        new KnownRelease(
            admitted.release(),
            admitted.product(),
            admitted.version(),
            admitted.platform(),
            admitted.sequence(),
            admitted.verdict());
    KnownRelease known = releases.get(admitted.release());
    if (known == null || known.equals(withVerdict(release, known.verdict()))) {
      releases.put(release.id(), release);
      return;
    }
    conflicts.add(
        "Release %s is described in two ways: as %s and as %s."
            .formatted(release.id().brief(), describe(known), describe(release)));
  }

  private static KnownRelease withVerdict(KnownRelease release, String verdict) {
    return new KnownRelease(
        release.id(),
        release.product(),
        release.version(),
        release.platform(),
        release.sequence(),
        verdict);
  }

  private static String describe(KnownRelease release) {
    return Conflicts.quoted(release.product() + " " + release.version() + " " + release.platform());
  }

  private void write(Fact.DriveWritten written, Event event) {
    Drive before = drives.get(written.drive());
    if (before != null && !before.set().equals(written.set())) {
      deliveries.overwritten(written.drive(), before, event);
    }
    drives.put(
        written.drive(),
        new Drive(
            written.drive(),
            written.set(),
            written.number(),
            written.of(),
            written.size(),
            event.time(),
            written.releases(),
            written.devices()));
  }
}
