package org.fieldlift.cli;

import java.util.List;
import java.util.Locale;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.provision.Plan;
import org.fieldlift.provision.Plan.PlannedDrive;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A plan and how it went, in text and in JSON.
final class PlanWords {
  private PlanWords() {}

  static String text(Plan plan) {
    Table table = new Table("DRIVE", "NEW CODE", "SIZE", "WRITES", "STAYS FREE", "PIECES", "NOW");
    for (PlannedDrive drive : plan.drives()) {
      table.row(
          drive.target().toString(),
          drive.isUsed() ? drive.code() : "not needed",
          ByteSize.text(drive.size()),
          ByteSize.text(drive.bytes()),
          ByteSize.text(drive.free()),
          Integer.toString(drive.pieces().size()),
          drive.now().words());
    }
    return table
        + "\n"
        + "%s to write and read back, %s at %s/s a drive."
            .formatted(
                ByteSize.text(plan.bytes()),
                Work.words(plan.estimate()),
                ByteSize.text(Plan.EXPECTED_RATE));
  }

  static ObjectNode json(Plan plan) {
    ObjectNode json = Json.object();
    json.put("fits", plan.fits());
    json.put("shortBy", plan.shortBy());
    json.put("spread", plan.spread().name().toLowerCase(Locale.ROOT));
    json.put("bytes", plan.bytes());
    json.put("estimatedSeconds", plan.estimate().toSeconds());
    ArrayNode remarks = json.putArray("remarks");
    plan.remarks().forEach(remarks::add);
    ArrayNode drives = json.putArray("drives");
    for (PlannedDrive drive : plan.drives()) {
      ObjectNode one = drives.addObject();
      one.put("target", drive.target().toString());
      one.put("used", drive.isUsed());
      one.put("code", drive.code());
      one.put("set", drive.set());
      one.put("number", drive.number());
      one.put("of", drive.of());
      one.put("size", drive.size());
      one.put("bytes", drive.bytes());
      one.put("free", drive.free());
      one.put("now", drive.now().words());
      ArrayNode pieces = one.putArray("pieces");
      drive.pieces().forEach(planned -> pieces.add(planned.piece().fileName()));
    }
    return json;
  }

  static String text(LaneState lane) {
    return switch (lane.phase()) {
      case DONE ->
          "%s: safe to pull out. %s written in %s, read back and right in %s."
              .formatted(
                  lane.code(),
                  ByteSize.text(lane.total()),
                  Work.seconds(lane.writing()),
                  Work.seconds(lane.checking()));
      case WAITING, WRITING, CHECKING, FAILED, STOPPED ->
          lane.code() + ": " + PlainText.of(lane.message() + " " + lane.next());
    };
  }

  static ArrayNode json(List<LaneState> lanes) {
    ArrayNode all = Json.array();
    for (LaneState lane : lanes) {
      ObjectNode one = all.addObject();
      one.put("code", lane.code());
      one.put("target", lane.target().toString());
      one.put("done", lane.phase() == Phase.DONE);
      one.put("phase", lane.phase().name().toLowerCase(Locale.ROOT));
      one.put("bytes", lane.total());
      one.put("writingSeconds", lane.writing().toMillis() / 1000.0);
      one.put("checkingSeconds", lane.checking().toMillis() / 1000.0);
      one.put("message", lane.message());
      one.put("next", lane.next());
    }
    return all;
  }
}
