package org.fieldlift.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.provision.Plan.PlannedPiece;
import org.fieldlift.provision.Plan.Spread;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.release.DriveManifest.HeldFile;
import org.fieldlift.release.DriveManifest.HeldPiece;
import org.fieldlift.release.DriveManifest.HeldRelease;
import org.fieldlift.release.StoredRelease;
import org.junit.jupiter.api.Test;

/// What neither a drive, nor a list, nor the ledger can hold.
class PlanLimitsTest extends PlannerBench {
  @Test
  void aPieceLargerThanFat32CanHoldIsRefused() {
    assertThatThrownBy(() -> new Planner(new Random(1), Set.of(), 1L << 32))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("not possible on FAT32");
  }

  @Test
  void aPartIsNeverCutToMorePiecesThanTheirNamesCanCount() throws Problem {
    StoredRelease large = release("lab/scope", List.of(1100L << 20));
    Planner planner = planner(1 << 20);
    assertThatThrownBy(
            () -> planner.plan(List.of(large), List.of(), List.of(drive(4000 * MB)), null))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("more than 1000 pieces");
  }

  /// 65 536 entries of a folder, two of its own, seven for the name of a piece.
  @Test
  void aDriveHoldsAsManyPiecesAsFat32Lists() throws Problem {
    assertThat(PlanLimits.MOST_PIECES).isEqualTo(9362);
    Plan plan =
        planner(1 << 20).plan(List.of(small(9362)), List.of(), List.of(drive(9000 * MB)), null);
    assertThat(plan.fits()).isTrue();
    assertThat(plan.used().getFirst().pieces()).hasSize(9362);
  }

  @Test
  void piecesThatOneDriveCannotListGoOntoTwo() throws Problem {
    List<DriveLook.Drive> drives = List.of(drive(9000 * MB), drive(9001 * MB));
    Plan plan = planner(1 << 20).plan(List.of(small(9363)), List.of(), drives, null);
    assertThat(plan.fits()).isTrue();
    assertThat(plan.spread()).isEqualTo(Spread.TOGETHER);
    assertThat(plan.used()).extracting(one -> one.pieces().size()).containsExactly(9362, 1);
  }

  @Test
  void moreLargePiecesThanADriveListsShallBeLarger() {
    StoredRelease release =
        release("lab/scope", LongStream.range(0, 99).mapToObj(i -> 100 * MB + i).toList());
    for (Spread spread : Spread.values()) {
      assertThatThrownBy(() ->
              planner(1 << 20)
                  .plan(List.of(release), List.of(), List.of(drive(20_000 * MB)), spread))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE);
                assertThat(problem.next())
                    .isEqualTo(
                        "Choose a larger piece size than 1.0 MB (--piece-size), or add a drive"
                            + " and let them travel together (--together).");
              })
          .hasMessage("The releases are 9504 pieces, and a FAT32 drive lists 9362 at most.");
    }
  }

  @Test
  void morePartsThanADriveListsNeedAnotherDrive() {
    assertThatThrownBy(() ->
            planner(Planner.DEFAULT_PIECE)
                .plan(List.of(small(9363)), List.of(), List.of(drive(9000 * MB)), Spread.EACH))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.next())
                    .isEqualTo(
                        "Plan fewer releases, or add a drive and let them travel together"
                            + " (--together)."))
        .hasMessage("The releases are 9363 pieces, and a FAT32 drive lists 9362 at most.");
  }

  @Test
  void moreThanADriveHasRoomForIsStillSaidInBytes() throws Problem {
    Plan plan =
        planner(1 << 20).plan(List.of(small(9000)), List.of(), List.of(drive(64 * MB)), null);
    assertThat(plan.fits()).isFalse();
  }

  @Test
  void aSetWhoseListNobodyCouldReadIsRefused() {
    List<DriveLook.Drive> drives =
        IntStream.range(0, 7).mapToObj(i -> drive(9000 * MB + i * 512L)).toList();
    assertThatThrownBy(
            () -> planner(1 << 20).plan(List.of(small(60_000)), List.of(), drives, Spread.TOGETHER))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE);
              assertThat(problem.next()).isEqualTo("Choose a larger piece size (--piece-size).");
            })
        .hasMessage(
            "The releases are 60000 pieces on these drives; the list of them would be too long to"
                + " be read.");
  }

  @Property(tries = 30)
  void noListIsLongerThanForeseen(
      @ForAll @IntRange(max = 300) int pieces,
      @ForAll @IntRange(max = 20) int devices,
      @ForAll @LongRange(min = 1 << 20, max = 1L << 46) long size)
      throws Problem {
    Digest any = Digest.of(new byte[0]);
    String words = "\u0001".repeat(250);
    Part part = new Part(any, size);
    Piece piece = new Piece(part, 999, size / 2, Math.min(Planner.LARGEST_PIECE, size / 2));
    HeldPiece held = new HeldPiece(piece, any, 999);
    List<HeldFile> files = new ArrayList<>();
    for (String name : List.of("README.txt", "import.sh")) files.add(new HeldFile(name, size, any));
    for (String name :
        List.of("release.json", "release.json.sigstore.json", "SHA256SUMS", "CONTENTS.sha256")) {
      files.add(new HeldFile(DriveManifest.releaseFolder(any) + "/" + name, size, any));
    }
    for (int i = 0; i < pieces; i++) {
      files.add(new HeldFile(DriveManifest.piecePath(piece), piece.size(), any));
    }
    List<String> ids = Collections.nCopies(devices, "\u0001".repeat(256));
    DriveManifest manifest =
        new DriveManifest(
            "FL-7K3QX2",
            "00000000-0000-0000-0000-000000000000",
            999,
            999,
            words,
            any,
            Instant.parse("2026-01-01T01:01:01.123456789Z"),
            List.of(new HeldRelease(any, words, words, words, Collections.nCopies(pieces, held))),
            ids,
            files,
            Collections.nCopies(999, "FL-7K3QX2"));
    PlannedDrive drive =
        new PlannedDrive(
            Path.of("x"),
            size,
            512,
            "FL-7K3QX2",
            "set",
            999,
            999,
            new DriveLook.Now.Blank(),
            LOOK,
            Collections.nCopies(pieces, new PlannedPiece(any, piece)),
            0,
            0);
    Plan plan =
        new Plan(
            List.of(release("x", List.of(1L))),
            ids.stream().map(id -> new Device(id, "", "", "", "")).toList(),
            Spread.TOGETHER,
            List.of(drive),
            0,
            List.of());
    assertThat((long) manifest.toJson().length)
        .isLessThanOrEqualTo(PlanLimits.json(plan, drive, pieces));
  }

  @Test
  void moreDevicesOrReleasesThanTheLedgerNamesAreRefused() throws Problem {
    List<Device> devices =
        IntStream.range(0, 1001).mapToObj(i -> new Device("D" + i, "", "", "", "")).toList();
    StoredRelease release = release("lab/scope", List.of(MB));
    Planner planner = planner(Planner.DEFAULT_PIECE);
    List<DriveLook.Drive> drives = List.of(drive(64 * MB));
    assertThat(planner.plan(List.of(release), devices.subList(0, 1000), drives, null).fits())
        .isTrue();
    assertThatThrownBy(() -> planner.plan(List.of(release), devices, drives, null))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE))
        .hasMessage("The plan names 1001 devices, and a drive can be recorded for 1000 at most.");
    assertThatThrownBy(
            () -> planner.plan(Collections.nCopies(1001, release), List.of(), drives, null))
        .hasMessage("The plan names 1001 releases, and a drive can be recorded for 1000 at most.");
  }
}
