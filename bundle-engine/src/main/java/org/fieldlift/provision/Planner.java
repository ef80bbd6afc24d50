package org.fieldlift.provision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.fieldlift.archive.Part;
import org.fieldlift.fat32.Geometry;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.provision.Plan.Spread;
import org.fieldlift.release.StoredRelease;
import org.jspecify.annotations.Nullable;

/// Works out which pieces go onto which drives. Reads nothing but sizes and writes nothing.
public final class Planner {
  static final long MIB = 1 << 20;

  /// Largest piece unless told otherwise: what every FAT driver and 32-bit tool can handle.
  public static final long DEFAULT_PIECE = MIB * 2047;

  /// Largest piece FAT32 can hold safely; one more and fsck.fat 4.2 empties the file.
  public static final long LARGEST_PIECE = MIB * 4095;

  /// Smallest piece limit that makes sense; below it a drive is all file names.
  public static final long SMALLEST_PIECE = MIB;

  /// Most pieces one part may be cut to; their names have three digits.
  static final int MOST_PIECES = 1000;

  private final RandomGenerator random;
  private final Set<String> takenCodes;
  private final Set<String> givenCodes = new HashSet<>();
  private final long largestPiece;

  /// @param takenCodes codes of drives the ledger knows
  public Planner(RandomGenerator random, Set<String> takenCodes, long largestPiece) throws Problem {
    if (largestPiece < SMALLEST_PIECE || largestPiece > LARGEST_PIECE) {
      throw Problem.usage(
          "A piece of " + ByteSize.text(largestPiece) + " is not possible on FAT32.",
          "Choose between 1MiB and 4095MiB; 2047MiB suits every device.");
    }
    this.random = random;
    this.takenCodes = Set.copyOf(takenCodes);
    this.largestPiece = largestPiece;
  }

  /// @param spread null to let every drive hold everything when it can, else share the load
  public Plan plan(
      List<StoredRelease> releases,
      List<Device> devices,
      List<DriveLook.Drive> drives,
      @Nullable Spread spread)
      throws Problem {
    PlanLimits.requireRecordable(releases, devices);
    Map<Part, Digest> parts = distinctParts(releases);
    requireFewPieces(parts, drives.size());
    List<Room> rooms = new ArrayList<>();
    for (DriveLook.Drive drive : drives) {
      rooms.add(new Room(drive, Overhead.clusters(geometry(drive), releases, largestPiece)));
    }
    Plan plan = plan(releases, devices, rooms, parts, spread);
    PlanLimits.requireReadable(plan);
    return plan;
  }

  private Plan plan(
      List<StoredRelease> releases,
      List<Device> devices,
      List<Room> rooms,
      Map<Part, Digest> parts,
      @Nullable Spread spread)
      throws Problem {
    if (spread == Spread.TOGETHER) return together(releases, devices, rooms, parts);
    List<Room> each = rooms.stream().map(Room::empty).toList();
    long shortBy = 0;
    for (Room room : each) shortBy = Math.max(shortBy, fill(List.of(room), parts));
    if (shortBy > 0 && spread == null) return together(releases, devices, rooms, parts);
    requireListed(each, parts, shortBy);
    List<PlannedDrive> planned =
        each.stream().map(room -> room.planned(code(room), newSet(), 1, 1)).toList();
    return new Plan(releases, devices, Spread.EACH, planned, shortBy, List.of());
  }

  private Plan together(
      List<StoredRelease> releases, List<Device> devices, List<Room> rooms, Map<Part, Digest> parts)
      throws Problem {
    List<Room> chosen = fewest(rooms, parts);
    long shortBy = fill(chosen, parts);
    requireListed(chosen, parts, shortBy);
    String set = newSet();
    int of = (int) chosen.stream().filter(Room::isUsed).count();
    List<PlannedDrive> planned = new ArrayList<>();
    int number = 0;
    for (Room room : rooms) {
      planned.add(room.planned(code(room), set, room.isUsed() ? ++number : 0, of));
    }
    return new Plan(releases, devices, Spread.TOGETHER, planned, shortBy, List.of());
  }

  /// Bytes that find no room may lack nothing but a line in a list: then more room does not help.
  private void requireListed(List<Room> rooms, Map<Part, Digest> parts, long shortBy)
      throws Problem {
    if (shortBy > 0 && rooms.stream().anyMatch(Room::isListFull)) {
      throw PlanLimits.tooManyPieces(parts, largestPiece, rooms.size());
    }
  }

  /// The largest drives until everything fits, in the order they were given.
  private List<Room> fewest(List<Room> rooms, Map<Part, Digest> parts) {
    List<Room> bySize =
        rooms.stream().sorted(Comparator.comparingLong(Room::freeClusterBytes).reversed()).toList();
    for (int count = 1; count < bySize.size(); count++) {
      Set<Room> largest = new HashSet<>(bySize.subList(0, count));
      List<Room> trial = rooms.stream().filter(largest::contains).map(Room::empty).toList();
      if (fill(trial, parts) == 0) return rooms.stream().filter(largest::contains).toList();
    }
    return rooms;
  }

  /// Puts the parts into the rooms, in order, cutting only where a room or the piece limit demands
  /// it.
  ///
  /// @return bytes that found no room
  private long fill(List<Room> rooms, Map<Part, Digest> parts) {
    int current = 0;
    long unplaced = 0;
    for (Map.Entry<Part, Digest> entry : parts.entrySet()) {
      PartCutter cutter = new PartCutter(entry.getKey(), largestPiece);
      while (!cutter.isDone() && current < rooms.size()) {
        if (!rooms.get(current).take(cutter, entry.getValue())) current++;
      }
      unplaced += cutter.left();
    }
    return unplaced;
  }

  /// A drive keeps its code. Of two with one code, as copying a whole drive makes them, the first
  /// does: people and the ledger know a drive by nothing else.
  private String code(Room room) {
    if (room.drive().now() instanceof DriveLook.Now.Ours ours
        && DriveCode.isCode(ours.manifest().code())
        && givenCodes.add(ours.manifest().code())) {
      return ours.manifest().code();
    }
    String code;
    do {
      code = DriveCode.fresh(random, takenCodes);
    } while (!givenCodes.add(code));
    return code;
  }

  private String newSet() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /// A part is cut at the piece limit and once more at the end of each drive.
  private void requireFewPieces(Map<Part, Digest> parts, int drives) throws Problem {
    long largest = parts.keySet().stream().mapToLong(Part::size).max().orElse(0);
    if (largest / largestPiece + drives + 1 < MOST_PIECES) return;
    throw Problem.usage(
        "A part of "
            + ByteSize.text(largest)
            + " would be cut to more than "
            + MOST_PIECES
            + " pieces of "
            + ByteSize.text(largestPiece)
            + ".",
        "Choose a larger piece size; 2047MiB suits every device.");
  }

  private static Map<Part, Digest> distinctParts(List<StoredRelease> releases) {
    Map<Part, Digest> parts = new LinkedHashMap<>();
    for (StoredRelease release : releases) {
      for (Part part : release.parts().parts()) parts.putIfAbsent(part, release.signed().id());
    }
    return parts;
  }

  private static Geometry geometry(DriveLook.Drive drive) throws Problem {
    if (!drive.facts().refusal().isEmpty()) {
      throw Problem.drive(
          PlainText.of(drive.facts().path().toString())
              + " cannot be written: "
              + drive.facts().refusal(),
          drive.facts().next());
    }
    return Geometry.of(drive.facts().size(), drive.facts().sectorSize());
  }
}
