package org.fieldlift.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;
import org.fieldlift.drive.target.TargetFacts;
import org.fieldlift.fat32.Geometry;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.provision.Plan.Spread;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.release.StoredRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest extends PlannerBench {
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
  void aFreshDriveGetsACodeThatCanBeReadOutOverThePhone() throws Problem {
    Plan plan = plan(null, 1, 64);
    assertThat(plan.used().getFirst().code()).matches("FL-[2-9A-HJKMNP-RTV-Y]{6}");
  }

  @ParameterizedTest
  @EnumSource(Spread.class)
  void aDriveOfOursKeepsItsCodeButACopyOfItDoesNot(Spread spread) throws Problem {
    List<DriveLook.Drive> drives =
        List.of(ours(65 * MB, "FL-7K3QX2"), ours(66 * MB, "FL-7K3QX2"), ours(67 * MB, "FL-9MPT4D"));
    Plan plan =
        planner(Planner.DEFAULT_PIECE)
            .plan(List.of(release("lab/scope", List.of(50 * MB))), List.of(), drives, spread);
    List<String> codes = plan.drives().stream().map(Plan.PlannedDrive::code).toList();
    assertThat(codes).startsWith("FL-7K3QX2").endsWith("FL-9MPT4D").doesNotHaveDuplicates();
  }

  private static DriveLook.Drive ours(long size, String code) {
    DriveManifest manifest =
        new DriveManifest(
            code,
            "set",
            1,
            1,
            "Lab",
            Digest.of(new byte[0]),
            Instant.EPOCH,
            List.of(),
            List.of(),
            List.of(),
            List.of(code));
    return new DriveLook.Drive(
        drive(size).facts(), new DriveLook.Now.Ours(manifest, 0), PlannerBench.LOOK);
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
}
