package org.fieldlift.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.State.Delivery;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.ledger.State.Drive;

/// The deliveries that follow from the events: first all plans, then all moves.
final class DeliveryFold {
  private final Conflicts conflicts;
  private final Map<String, Delivery> deliveries = new LinkedHashMap<>();
  private final Map<String, Digest> plannedBy = new HashMap<>();
  private final List<Overwriting> overwritings = new ArrayList<>();
  private final SortedSet<String> unknown = new TreeSet<>();

  DeliveryFold(Conflicts conflicts) {
    this.conflicts = conflicts;
  }

  /// A drive that was written again with another set.
  private record Overwriting(String drive, Drive before, Digest by, Instant time) {}

  void plan(Fact.DeliveryPlanned planned, Event event) {
    Delivery delivery =
        new Delivery(
            planned.delivery(),
            planned.device(),
            planned.release(),
            planned.set(),
            DeliveryState.PLANNED,
            Fact.Sureness.ASSUMED,
            event.time(),
            "");
    Delivery known = deliveries.putIfAbsent(planned.delivery(), delivery);
    if (known == null) {
      plannedBy.put(planned.delivery(), event.station());
    } else if (!known.device().equals(planned.device())
        || !known.release().equals(planned.release())) {
      conflicts.add(
          "Delivery %s was planned twice, for different devices or releases; the first counts."
              .formatted(Conflicts.quoted(planned.delivery())));
    }
  }

  void move(Fact.DeliveryMoved moved, Instant time) {
    Delivery now = deliveries.get(moved.delivery());
    if (now == null) {
      unknown.add(moved.delivery());
    } else if (now.heeds(moved.state(), moved.sureness())) {
      put(now, moved, now.state() == moved.state() ? now.since() : time);
    }
  }

  private void put(Delivery now, Fact.DeliveryMoved moved, Instant since) {
    deliveries.put(
        now.id(),
        new Delivery(
            now.id(),
            now.device(),
            now.release(),
            now.set(),
            moved.state(),
            moved.sureness(),
            since,
            moved.why()));
  }

  void overwritten(String drive, Drive before, Event written) {
    overwritings.add(new Overwriting(drive, before, written.station(), written.time()));
  }

  List<Delivery> all() {
    return List.copyOf(deliveries.values());
  }

  /// Tells what is still open after all events.
  void finish(Map<String, Device> devices) {
    for (String id : unknown) {
      conflicts.add(
          "Delivery %s was reported on, but no station here has planned it."
              .formatted(Conflicts.quoted(id)));
    }
    overwritings.forEach(this::supersede);
    overwritings.forEach(this::tellOverwriting);
    Map<String, Delivery> onTheWay = new HashMap<>();
    for (Delivery delivery : deliveries.values()) {
      if (!devices.containsKey(delivery.device())) {
        conflicts.add(
            "Delivery %s is for device %s, which no station here has added."
                .formatted(Conflicts.quoted(delivery.id()), Conflicts.quoted(delivery.device())));
      }
      if (!isOnTheWay(delivery)) continue;
      Delivery other = onTheWay.putIfAbsent(delivery.device(), delivery);
      if (other != null) tellTwoPlans(other, delivery);
    }
  }

  /// A drive that was written again before it was handed out carries nothing of what it was written
  /// for before, and a set that lacks a drive cannot be imported.
  private void supersede(Overwriting overwriting) {
    for (Delivery delivery : all()) {
      boolean isStillHere = delivery.state().compareTo(DeliveryState.VERIFIED) <= 0;
      if (isStillHere
          && delivery.set().equals(overwriting.before().set())
          && overwriting.by().equals(plannedBy.get(delivery.id()))) {
        String why = "Drive " + overwriting.drive() + " was written again.";
        put(
            delivery,
            new Fact.DeliveryMoved(
                delivery.id(), DeliveryState.SUPERSEDED, delivery.sureness(), why),
            overwriting.time());
      }
    }
  }

  /// The other station's deliveries are no longer on the drive, and it cannot know.
  private void tellOverwriting(Overwriting overwriting) {
    for (Delivery delivery : deliveries.values()) {
      Digest planner = plannedBy.get(delivery.id());
      if (isOnTheWay(delivery)
          && delivery.set().equals(overwriting.before().set())
          && overwriting.before().devices().contains(delivery.device())
          && planner != null
          && !planner.equals(overwriting.by())) {
        conflicts.add(
            "Drive %s was written again by %s while it carried delivery %s of %s."
                .formatted(
                    Conflicts.quoted(overwriting.drive()),
                    conflicts.station(overwriting.by()),
                    Conflicts.quoted(delivery.id()),
                    conflicts.station(planner)));
      }
    }
  }

  private void tellTwoPlans(Delivery one, Delivery other) {
    Digest first = plannedBy.get(one.id());
    Digest second = plannedBy.get(other.id());
    if (first == null || second == null || first.equals(second)) return;
    if (one.release().equals(other.release())) return;
    conflicts.add(
        "Device %s has two releases on the way: %s from %s and %s from %s."
            .formatted(
                Conflicts.quoted(one.device()),
                one.release().brief(),
                conflicts.station(first),
                other.release().brief(),
                conflicts.station(second)));
  }

  private static boolean isOnTheWay(Delivery delivery) {
    return delivery.state().compareTo(DeliveryState.ISSUED) <= 0;
  }
}
