package org.fieldlift.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.fieldlift.drive.LaneResult;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.Fact;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.Fact.Sureness;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Layout.LaidOut;
import org.fieldlift.provision.Plan;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.release.StoredRelease;

/// Records what writing a plan means: drives written or failed, and how far each delivery came. A
/// set counts as verified when its last drive is.
final class Deliveries {
  private final StationLedger ledger;
  private final Plan plan;
  private final String reason;

  /// Set id → ids of the deliveries that wait for it.
  private final Map<String, List<String>> waiting = new HashMap<>();

  /// Set id → numbers of the drives that are right.
  private final Map<String, Set<Integer>> right = new HashMap<>();

  /// @param reason why an older release is delivered; empty otherwise
  Deliveries(StationLedger ledger, Plan plan, String reason) {
    this.ledger = ledger;
    this.plan = plan;
    this.reason = reason;
  }

  /// Records the plan, before the first byte is written.
  void planned() throws IOException {
    List<Fact> facts = new ArrayList<>();
    for (String set : plan.used().stream().map(PlannedDrive::set).distinct().toList()) {
      for (Device device : plan.devices()) {
        for (StoredRelease release : plan.releases()) {
          if (!release.release().suits(device.platform())) continue;
          String id = UUID.randomUUID().toString();
          waiting.computeIfAbsent(set, each -> new ArrayList<>()).add(id);
          facts.add(new Fact.DeliveryPlanned(id, device.id(), release.signed().id(), set));
          if (!reason.isBlank()) {
            facts.add(new Fact.DeliveryMoved(id, DeliveryState.PLANNED, Sureness.ASSUMED, reason));
          }
        }
      }
    }
    if (!facts.isEmpty()) ledger.append(facts);
  }

  /// Records how a lane ended. Lanes end on threads of their own.
  synchronized void ended(LaidOut laidOut, LaneResult result) throws IOException {
    PlannedDrive drive = laidOut.drive();
    List<Fact> facts = new ArrayList<>();
    switch (result) {
      case LaneResult.Verified verified -> {
        facts.add(written(drive, verified.bytes()));
        Set<Integer> done = right.computeIfAbsent(drive.set(), set -> new TreeSet<>());
        done.add(drive.number());
        if (done.size() == drive.of()) moved(drive, DeliveryState.VERIFIED, "", facts);
      }
      case LaneResult.Failed failed -> {
        facts.add(
            new Fact.DriveFailed(drive.code(), drive.set(), failed.fault().name(), failed.what()));
        moved(drive, DeliveryState.FAILED, failed.what(), facts);
      }
      case LaneResult.Cancelled cancelled ->
          moved(drive, DeliveryState.FAILED, "Writing was stopped.", facts);
    }
    if (!facts.isEmpty()) ledger.append(facts);
  }

  private Fact written(PlannedDrive drive, long bytes) {
    List<Digest> releases = plan.releases().stream().map(release -> release.signed().id()).toList();
    return new Fact.DriveWritten(
        drive.code(),
        drive.set(),
        drive.number(),
        drive.of(),
        drive.size(),
        bytes,
        releases,
        plan.devices().stream().map(Device::id).toList());
  }

  private void moved(PlannedDrive drive, DeliveryState state, String why, List<Fact> facts) {
    for (String delivery : waiting.getOrDefault(drive.set(), List.of())) {
      facts.add(new Fact.DeliveryMoved(delivery, state, Sureness.ASSUMED, why));
    }
  }
}
