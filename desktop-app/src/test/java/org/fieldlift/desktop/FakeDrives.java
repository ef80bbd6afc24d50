package org.fieldlift.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;
import org.fieldlift.drive.Likeness;
import org.fieldlift.engine.DriveDesk;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.DriveLook;
import org.fieldlift.provision.Plan;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.provision.Plan.PlannedPiece;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.release.DriveManifest.HeldRelease;
import org.fieldlift.release.PartList;
import org.fieldlift.release.Release;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;

/// Drives that exist only in memory, a planner that fills one after the other, and lanes whose
/// progress a test sets.
public final class FakeDrives implements DriveDesk {
  private static final long MARGIN = 100_000_000;
  private static final List<String> NEW_CODES = List.of("FL-C2HW8R", "FL-R8VN3J", "FL-K8MX3W");

  public final List<Tile> tiles = new ArrayList<>();
  public final List<PlanOrder> orders = new ArrayList<>();
  public final List<Plan> written = new ArrayList<>();
  public List<String> faults = List.of();
  public Optional<IOException> planFailure = Optional.empty();
  public List<String> remarks = List.of();

  /// What the engine refuses to plan unless there is a reason.
  public Optional<String> refusal = Optional.empty();

  public final List<String> reasons = new ArrayList<>();
  public FakeWriting writing = new FakeWriting(List.of());

  private final FakeReleases releases;
  private final FakeFleet fleet;

  FakeDrives(FakeReleases releases, FakeFleet fleet) {
    this.releases = releases;
    this.fleet = fleet;
  }

  public Tile add(
      String path,
      String model,
      long gigabytes,
      double used,
      Holds holds,
      String code,
      String words) {
    Tile tile =
        new Tile(
            Path.of(path),
            false,
            model,
            gigabytes * 1_000_000_000,
            (long) (used * gigabytes * 1e9),
            holds,
            code,
            words);
    tiles.add(tile);
    return tile;
  }

  @Override
  public List<Tile> list() {
    return List.copyOf(tiles);
  }

  @Override
  public Tile addVirtual(Path file, long size) {
    Tile tile =
        new Tile(
            file, true, "Virtual drive", size, 0, Holds.NEW, "", "Blank, ready to be written.");
    tiles.add(tile);
    return tile;
  }

  @Override
  public void forgetVirtual(Path file) {
    tiles.removeIf(tile -> tile.path().equals(file));
  }

  @Override
  public Plan plan(PlanOrder order) throws IOException {
    orders.add(order);
    if (planFailure.isPresent()) throw planFailure.get();
    requireReason(order);
    List<StoredRelease> stored = new ArrayList<>();
    for (String id : order.releases()) {
      Row row = new Row(releases.show(id));
      stored.add(row);
    }
    List<Device> devices = order.devices().stream().map(id -> fleet.devices.get(id)).toList();
    List<PlannedDrive> drives = new ArrayList<>();
    List<Rest> rests = new ArrayList<>();
    stored.forEach(release -> rests.add(new Rest(release, release.parts().size())));
    int number = 0;
    int codes = 0;
    for (Path path : order.drives()) {
      Tile tile = tiles.stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
      List<PlannedPiece> pieces = new ArrayList<>();
      long room = tile.size() - MARGIN;
      for (Rest rest : rests) {
        long bytes = Math.min(room, rest.left);
        if (bytes <= 0) continue;
        Digest id = rest.release.signed().id();
        Part part = new Part(id, rest.release.parts().size());
        pieces.add(new PlannedPiece(id, new Piece(part, pieces.size(), 0, bytes)));
        rest.left -= bytes;
        room -= bytes;
      }
      long bytes = pieces.stream().mapToLong(piece -> piece.piece().size()).sum();
      String code = tile.code().isEmpty() ? NEW_CODES.get(codes++ % 3) : tile.code();
      drives.add(
          new PlannedDrive(
              path,
              tile.size(),
              512,
              code,
              "set-1",
              pieces.isEmpty() ? 0 : ++number,
              3,
              now(tile),
              new Likeness("", Optional.empty()),
              pieces,
              bytes,
              tile.size() - bytes));
    }
    long shortBy = rests.stream().mapToLong(rest -> rest.left).sum();
    return new Plan(stored, devices, Plan.Spread.TOGETHER, drives, shortBy, remarks);
  }

  private void requireReason(PlanOrder order) throws IOException {
    if (order.allowOlder() && !order.reason().isBlank()) return;
    if (refusal.isPresent()) {
      throw Problem.usage(refusal.get(), "To go back on purpose, say why with: --allow-older");
    }
    for (String id : order.releases()) {
      if (releases.show(id).row().expiredSince().isPresent()) {
        throw Problem.usage(id + " has expired.", "Say why with: --allow-older");
      }
    }
  }

  private static DriveLook.Now now(Tile tile) {
    return switch (tile.holds()) {
      case NEW, UNUSABLE -> new DriveLook.Now.Blank();
      case FOREIGN -> new DriveLook.Now.Foreign("PHOTOS", photos(), tile.used());
      case OURS -> new DriveLook.Now.Ours(manifest(tile), tile.used());
    };
  }

  private static List<String> photos() {
    return IntStream.rangeClosed(1, 214).mapToObj("reef-%03d.jpg"::formatted).toList();
  }

  private static DriveManifest manifest(Tile tile) {
    String label = tile.words().replaceFirst("^.* ", "").replaceFirst("\\.$", "");
    Digest any = Digest.of(new byte[0]);
    return new DriveManifest(
        tile.code(),
        "set-0",
        1,
        1,
        "Lab laptop 2",
        any,
        Instant.EPOCH,
        List.of(
            new HeldRelease(
                any, "git.example.org/lab/microscope", label, "linux/arm64", List.of())),
        List.of(),
        List.of(),
        List.of(tile.code()));
  }

  @Override
  public Writing write(Plan plan, String reason, Progress progress, Cancellation cancellation) {
    written.add(plan);
    reasons.add(reason);
    writing =
        new FakeWriting(
            plan.drives().stream()
                .filter(PlannedDrive::isUsed)
                .map(drive ->
                    lane(drive.code(), drive.target(), Phase.WRITING, drive.bytes(), 0, 0, ""))
                .toList());
    return writing;
  }

  public static LaneState lane(
      String code, Path target, Phase phase, long total, long written, long checked, String step) {
    return new LaneState(
        code, target, phase, total, written, checked, step, "", "", Duration.ZERO, Duration.ZERO);
  }

  public static LaneState failed(
      String code, Path target, long total, long written, String message, String next) {
    return new LaneState(
        code,
        target,
        Phase.FAILED,
        total,
        written,
        0,
        "",
        message,
        next,
        Duration.ZERO,
        Duration.ZERO);
  }

  @Override
  public Contents show(Path drive) {
    throw new AssertionError("the desktop does not show contents");
  }

  @Override
  public Checked verify(Path drive, Progress progress, Cancellation cancellation) {
    return new Checked(faults, "signed by this station", true);
  }

  private static final class Rest {
    private final StoredRelease release;
    private long left;

    Rest(StoredRelease release, long left) {
      this.release = release;
      this.left = left;
    }
  }

  /// A stored release that has one part as large as its archive.
  private record Row(org.fieldlift.engine.ReleaseDesk.Detail detail) implements StoredRelease {
    @Override
    public SignedRelease signed() {
      return new SignedRelease(detail.row().id(), new byte[0], null);
    }

    @Override
    public Release release() {
      return detail.release();
    }

    @Override
    public PartList parts() {
      Digest id = detail.row().id();
      return new PartList(id, List.of(new Part(id, detail.row().size())));
    }

    @Override
    public Content content(Part part) {
      throw new AssertionError("the desktop reads no archive");
    }
  }
}
