package org.fieldlift.ledger;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.State.Device;

/// The devices that follow from the events.
///
/// One id added by two stations as two different devices is a conflict: the first stands. It is
/// settled by either of them adding the device again, which is also how a station corrects what it
/// wrote.
final class DeviceFold {
  private final Conflicts conflicts;
  private final SortedMap<String, Device> devices = new TreeMap<>();
  private final Map<String, Set<Digest>> addedBy = new HashMap<>();
  private final SortedMap<String, Claim> disputed = new TreeMap<>();
  private final SortedSet<String> unknown = new TreeSet<>();

  DeviceFold(Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  /// Another station's view of a device that was added before.
  private record Claim(Device device, Digest station) {}

  void add(Fact.DeviceAdded added, Digest station) {
    Device device =
        new Device(added.device(), added.name(), added.site(), added.platform(), added.keeper());
    boolean isFirstWord =
        addedBy.computeIfAbsent(added.device(), _ -> new HashSet<>()).add(station);
    Device known = devices.get(added.device());
    if (known == null || !isFirstWord) {
      devices.put(added.device(), device);
      disputed.remove(added.device());
    } else if (!isSame(known, device)) {
      disputed.put(added.device(), new Claim(device, station));
    }
  }

  void assign(Fact.DeviceAssigned assigned) {
    Device moved =
        devices.computeIfPresent(
            assigned.device(),
            (id, device) ->
                new Device(id, device.name(), assigned.site(), device.platform(), device.keeper()));
    if (moved == null) unknown.add(assigned.device());
  }

  Map<String, Device> known() {
    return Collections.unmodifiableMap(devices);
  }

  /// Tells what is still open after all events.
  void finish() {
    disputed.forEach((id, claim) -> {
      Device known = devices.get(id);
      if (known == null) return;
      conflicts.add(
          "Device %s was added twice: as %s, and by %s as %s. Add it again to say which is right."
              .formatted(
                  Conflicts.quoted(id),
                  Conflicts.quoted(known.name()),
                  conflicts.station(claim.station()),
                  Conflicts.quoted(claim.device().name())));
    });
    unknown.removeAll(devices.keySet());
    for (String id : unknown) {
      conflicts.add(
          "Device %s was given a site, but no station here has added it."
              .formatted(Conflicts.quoted(id)));
    }
  }

  /// A site changes in the course of things, so two stations may each know another one.
  private static boolean isSame(Device one, Device other) {
    return one.name().equals(other.name()) && one.platform().equals(other.platform());
  }
}
