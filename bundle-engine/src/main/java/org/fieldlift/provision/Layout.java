package org.fieldlift.provision;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fieldlift.archive.Piece;
import org.fieldlift.fat32.Geometry;
import org.fieldlift.fat32.Volume;
import org.fieldlift.fat32.VolumeFile;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.provision.Plan.PlannedPiece;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.release.DriveManifest.HeldPiece;
import org.fieldlift.release.DriveManifest.HeldRelease;
import org.fieldlift.release.Release;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.trust.StationKey;

/// Turns a plan into the images of its drives: every file, its bytes and its digest known before
/// the first sector is written (`docs/formats.md` 3).
///
/// Only parts that had to be cut are read here, once, for the digests of their slices; a whole
/// part's digest is its name.
public final class Layout {
  private static final int SLICE_BUFFER = 4 << 20;

  private final String station;
  private final StationKey key;
  private final Instant time;
  private final Map<Piece, Digest> digests = new HashMap<>();

  /// @param station what the station is called
  /// @param time of every file on the drives
  public Layout(String station, StationKey key, Instant time) {
    this.station = station;
    this.key = key;
    this.time = time;
  }

  /// A drive that is ready to be written.
  ///
  /// @param manifest what its `drive.json` says
  public record LaidOut(PlannedDrive drive, DriveManifest manifest, VolumeImage image) {}

  /// Lays out every used drive of the plan.
  public List<LaidOut> layOut(Plan plan, Progress progress, Cancellation cancellation)
      throws IOException {
    hashSlices(plan, progress, cancellation);
    List<LaidOut> all = new ArrayList<>();
    for (PlannedDrive drive : plan.used()) {
      List<PlannedDrive> set =
          plan.used().stream().filter(other -> other.set().equals(drive.set())).toList();
      all.add(layOut(plan, drive, set));
    }
    return all;
  }

  private LaidOut layOut(Plan plan, PlannedDrive drive, List<PlannedDrive> set) throws IOException {
    List<HeldRelease> held = new ArrayList<>();
    for (StoredRelease release : plan.releases()) held.add(held(release, set));
    DriveFiles files = new DriveFiles();
    List<Release> releases = plan.releases().stream().map(StoredRelease::release).toList();
    files.add("README.txt", Readme.text(drive, set, station, releases, plan.devices(), time));
    files.add("import.sh", Readme.importScript());
    for (int i = 0; i < held.size(); i++) addRelease(files, plan.releases().get(i), held.get(i));
    for (PlannedPiece planned : drive.pieces()) {
      Piece piece = planned.piece();
      Content content =
          release(plan, planned.release())
              .content(piece.part())
              .slice(piece.offset(), piece.size());
      files.add(DriveManifest.piecePath(piece), content, digest(piece));
    }
    DriveManifest manifest =
        new DriveManifest(
            drive.code(),
            drive.set(),
            drive.number(),
            drive.of(),
            station,
            key.fingerprint(),
            time,
            held,
            plan.devices().stream().map(Device::id).toList(),
            files.held(),
            set.stream()
                .sorted(Comparator.comparingInt(PlannedDrive::number))
                .map(PlannedDrive::code)
                .toList());
    byte[] json = manifest.toJson();
    if (json.length > DriveManifest.LARGEST_JSON) {
      throw PlanLimits.tooLong(
          held.stream().mapToLong(one -> one.pieces().size()).sum(), held.size());
    }
    files.add(DriveManifest.SIGNATURE, key.envelope(DriveManifest.PAYLOAD_TYPE, json));
    files.add(DriveManifest.FILE, json);
    Volume volume =
        Volume.of(
            Geometry.of(drive.size(), drive.sectorSize()),
            drive.code(),
            DriveCode.volumeId(drive.code()),
            time,
            files.onVolume());
    return new LaidOut(drive, manifest, new VolumeImage(volume, files.digests()));
  }

  private static void addRelease(DriveFiles files, StoredRelease release, HeldRelease held) {
    String folder = DriveManifest.releaseFolder(held.id());
    files.add(folder + "/release.json", release.signed().json());
    byte[] signature = release.signed().signature();
    if (signature != null) files.add(folder + "/release.json.sigstore.json", signature);
    files.add(folder + "/SHA256SUMS", Sums.ofPieces(held.pieces()));
    files.add(folder + "/CONTENTS.sha256", Sums.ofEntries(release.release().entries()));
  }

  /// All pieces of a release across the set, in archive order. Parts shared with another release
  /// lie on the set once and are listed by both.
  private HeldRelease held(StoredRelease release, List<PlannedDrive> set) {
    Map<Digest, List<HeldPiece>> byPart = new HashMap<>();
    for (PlannedDrive drive : set) {
      for (PlannedPiece planned : drive.pieces()) {
        Piece piece = planned.piece();
        byPart
            .computeIfAbsent(piece.part().sha256(), part -> new ArrayList<>())
            .add(new HeldPiece(piece, digest(piece), drive.number()));
      }
    }
    List<HeldPiece> pieces =
        release.parts().parts().stream()
            .flatMap(part -> byPart.getOrDefault(part.sha256(), List.of()).stream())
            .toList();
    return new HeldRelease(
        release.signed().id(),
        release.release().product(),
        release.release().label(),
        release.release().platform(),
        pieces);
  }

  private Digest digest(Piece piece) {
    return piece.isWhole()
        ? piece.part().sha256()
        : digests.getOrDefault(piece, piece.part().sha256());
  }

  private void hashSlices(Plan plan, Progress progress, Cancellation cancellation)
      throws IOException {
    List<PlannedPiece> cut =
        plan.used().stream()
            .flatMap(drive -> drive.pieces().stream())
            .filter(planned -> !planned.piece().isWhole())
            .toList();
    Progress hashing = progress.part("Measuring cut pieces");
    cut.forEach(planned -> hashing.expect(planned.piece().size()));
    ByteBuffer buffer = ByteBuffer.allocateDirect(SLICE_BUFFER);
    for (PlannedPiece planned : cut) {
      if (digests.containsKey(planned.piece())) continue;
      Piece piece = planned.piece();
      Content content = release(plan, planned.release()).content(piece.part());
      Digest.Hasher hasher = new Digest.Hasher();
      for (long at = 0; at < piece.size(); at += SLICE_BUFFER) {
        cancellation.check();
        buffer.clear().limit((int) Math.min(SLICE_BUFFER, piece.size() - at));
        content.read(piece.offset() + at, buffer);
        hasher.update(buffer.flip());
        hashing.advance(buffer.limit());
      }
      digests.put(piece, hasher.digest());
    }
  }

  private static StoredRelease release(Plan plan, Digest id) {
    return plan.releases().stream()
        .filter(release -> release.signed().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /// The files of one drive in the order they are laid out.
  private static final class DriveFiles {
    private final List<VolumeFile> files = new ArrayList<>();
    private final Map<String, Digest> digests = new HashMap<>();

    void add(String path, byte[] bytes) {
      add(path, Content.of(bytes), Digest.of(bytes));
    }

    void add(String path, String text) {
      add(path, text.getBytes(StandardCharsets.UTF_8));
    }

    void add(String path, Content content, Digest digest) {
      files.add(new VolumeFile(path, content));
      digests.put(path, digest);
    }

    List<VolumeFile> onVolume() {
      return files;
    }

    Map<String, Digest> digests() {
      return digests;
    }

    List<DriveManifest.HeldFile> held() {
      return files.stream()
          .map(file ->
              new DriveManifest.HeldFile(file.path(), file.content().size(), digestOf(file.path())))
          .toList();
    }

    private Digest digestOf(String path) {
      Digest digest = digests.get(path);
      if (digest == null) throw new IllegalStateException("no digest for " + path);
      return digest;
    }
  }
}
