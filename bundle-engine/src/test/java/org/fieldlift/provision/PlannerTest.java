package org.fieldlift.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;
import org.fieldlift.drive.Likeness;
import org.fieldlift.drive.target.TargetFacts;
import org.fieldlift.fat32.Geometry;
import org.fieldlift.io.Content;
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
import org.fieldlift.release.PartList;
import org.fieldlift.release.Release;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final long MB = 1_000_000;
  private static final Likeness LOOK = new Likeness("", Optional.empty());

  @Property(tries = 150)
  void everyByteOfEveryPartIsOnTheSetExactlyOnce(
      @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 1, max = 90_000_000) Long> sizes,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 64, max = 400) Integer> drives,
      @ForAll @LongRange(min = 1 << 20, max = 200 << 20) long largestPiece)
      throws Problem {
    StoredRelease release = release("lab/scope", sizes);
    Plan plan =
        planner(largestPiece)
            .plan(
                List.of(release),
                List.of(),
                drives.stream().map(size -> drive(size * MB)).toList(),
                Spread.TOGETHER);
    long placed = 0;
    for (Part part : release.parts().parts()) {
      long next = 0;
      for (Piece piece : piecesOf(plan, part)) {
        assertThat(piece.offset()).isEqualTo(next);
        assertThat(piece.size()).isPositive().isLessThanOrEqualTo(largestPiece);
        next += piece.size();
      }
      if (plan.fits()) assertThat(next).isEqualTo(part.size());
      placed += next;
    }
    assertThat(placed + plan.shortBy()).isEqualTo(release.parts().size());
  }

  @Property(tries = 100)
  void noDriveIsFilledBeyondItsClusters(
      @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 1, max = 30_000_000) Long> sizes,
      @ForAll @IntRange(min = 64, max = 600) int drive)
      throws Problem {
    Plan plan =
        planner(Planner.DEFAULT_PIECE)
            .plan(
                List.of(release("lab/scope", sizes)),
                List.of(),
                List.of(drive(drive * MB)),
                Spread.TOGETHER);
    for (PlannedDrive planned : plan.used()) {
      Geometry geometry = Geometry.of(planned.size(), planned.sectorSize());
      long clusters =
          planned.pieces().stream()
              .mapToLong(piece -> geometry.clustersFor(piece.piece().size()))
              .sum();
      assertThat(clusters).isLessThan(geometry.clusters());
    }
  }

  @Test
  void whatFitsOnEachDriveGoesOntoEach() throws Problem {
    Plan plan = plan(null, 30, 64, 64);
    assertThat(plan.spread()).isEqualTo(Spread.EACH);
    assertThat(plan.used()).hasSize(2).allMatch(drive -> drive.number() == 1 && drive.of() == 1);
    assertThat(plan.used().get(0).set()).isNotEqualTo(plan.used().get(1).set());
  }

  @Test
  void whatDoesNotFitOnEachIsShared() throws Problem {
    Plan plan = plan(null, 90, 64, 64);
    assertThat(plan.spread()).isEqualTo(Spread.TOGETHER);
    assertThat(plan.fits()).isTrue();
    assertThat(plan.used()).extracting(PlannedDrive::number).containsExactly(1, 2);
    assertThat(plan.used()).extracting(PlannedDrive::set).containsOnly(plan.used().get(0).set());
  }

  @Test
  void drivesThatAreNotNeededStayUnused() throws Problem {
    Plan plan = plan(Spread.TOGETHER, 90, 64, 200, 64);
    assertThat(plan.used())
        .singleElement()
        .satisfies(one -> assertThat(one.size()).isEqualTo(200 * MB));
    assertThat(plan.drives()).hasSize(3);
  }

  @Test
  void whatDoesNotFitIsSaidInBytes() throws Problem {
    Plan plan = plan(null, 300, 64, 64);
    assertThat(plan.fits()).isFalse();
    assertThat(plan.shortBy()).isBetween(170 * MB, 200 * MB);
  }

  @Test
  void partsSharedByTwoReleasesLieOnTheDriveOnce() throws Problem {
    StoredRelease one = release("lab/scope", List.of(5 * MB, 6 * MB));
    StoredRelease two = release("lab/atlas", List.of(6 * MB, 7 * MB));
    Plan plan =
        planner(Planner.DEFAULT_PIECE)
            .plan(List.of(one, two), List.of(), List.of(drive(64 * MB)), null);
    assertThat(plan.used().getFirst().pieces()).hasSize(3);
  }

  @Test
  void aDriveOfOursKeepsItsCode() throws Problem {
    Plan plan = plan(null, 1, 64);
    assertThat(plan.used().getFirst().code()).matches("FL-[2-9A-HJKMNP-RTV-Y]{6}");
  }

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

  private static StoredRelease small(int parts) {
    return release("lab/scope", LongStream.rangeClosed(1, parts).boxed().toList());
  }

  @Test
  void aDriveThatMustNotBeWrittenNeverEntersAPlan() {
    DriveLook.Drive system =
        new DriveLook.Drive(
            new TargetFacts(
                Path.of("/dev/sda"),
                "8:0",
                false,
                64 * MB,
                512,
                "Disk",
                "",
                "This computer starts from it.",
                "Use a stick."),
            new DriveLook.Now.Blank(),
            LOOK);
    assertThatThrownBy(() ->
            planner(Planner.DEFAULT_PIECE)
                .plan(List.of(release("x", List.of(1L))), List.of(), List.of(system), null))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.next()).isEqualTo("Use a stick."))
        .hasMessageContaining("This computer starts from it.");
  }

  private static Plan plan(
      @org.jspecify.annotations.Nullable Spread spread, int releaseMegabytes, int... drives)
      throws Problem {
    List<Long> sizes = new ArrayList<>();
    for (int left = releaseMegabytes; left > 0; left -= 10)
      sizes.add(Math.min(left, 10) * MB - left);
    List<DriveLook.Drive> targets = new ArrayList<>();
    for (int drive : drives) targets.add(drive(drive * MB));
    return planner(Planner.DEFAULT_PIECE)
        .plan(List.of(release("lab/scope", sizes)), List.of(), targets, spread);
  }

  private static Planner planner(long largestPiece) throws Problem {
    return new Planner(new Random(7), Set.of(), largestPiece);
  }

  private static DriveLook.Drive drive(long size) {
    Path file = Path.of("drive-" + size + ".img");
    return new DriveLook.Drive(
        new TargetFacts(file, file, true, size, 512, "Virtual drive", "", "", ""),
        new DriveLook.Now.Blank(),
        LOOK);
  }

  private static List<Piece> piecesOf(Plan plan, Part part) {
    return plan.used().stream()
        .flatMap(drive -> drive.pieces().stream())
        .map(PlannedPiece::piece)
        .filter(piece -> piece.part().equals(part))
        .sorted(Comparator.comparingInt(Piece::number))
        .toList();
  }

  private static StoredRelease release(String product, List<Long> sizes) {
    Release release =
        new Release(
            Release.Kind.FILE,
            product,
            "1",
            true,
            1,
            "any",
            Instant.EPOCH,
            null,
            List.of(),
            List.of(),
            List.of(),
            null);
    SignedRelease signed = SignedRelease.of(release.toJson(), null);
    List<Part> parts =
        sizes.stream()
            .distinct()
            .map(size ->
                new Part(
                    Digest.of(
                        Long.toString(size).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                    size))
            .toList();
    PartList list = new PartList(signed.id(), parts);
    return new StoredRelease() {
      @Override
      public SignedRelease signed() {
        return signed;
      }

      @Override
      public Release release() {
        return release;
      }

      @Override
      public PartList parts() {
        return list;
      }

      @Override
      public Content content(Part part) {
        throw new AssertionError("planning reads nothing");
      }
    };
  }
}
