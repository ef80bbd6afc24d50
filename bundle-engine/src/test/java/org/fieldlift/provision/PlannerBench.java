package org.fieldlift.provision;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;
import org.fieldlift.drive.Likeness;
import org.fieldlift.drive.target.TargetFacts;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.provision.Plan.PlannedPiece;
import org.fieldlift.provision.Plan.Spread;
import org.fieldlift.release.PartList;
import org.fieldlift.release.Release;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;

/// Releases and drives of given sizes: what tests of planning stand on.
abstract class PlannerBench {
  static final long MB = 1_000_000;
  static final Likeness LOOK = new Likeness("", Optional.empty());

  static StoredRelease small(int parts) {
    return release("lab/scope", LongStream.rangeClosed(1, parts).boxed().toList());
  }

  static Plan plan(
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

  static Planner planner(long largestPiece) throws Problem {
    return new Planner(new Random(7), Set.of(), largestPiece);
  }

  static DriveLook.Drive drive(long size) {
    Path file = Path.of("drive-" + size + ".img");
    return new DriveLook.Drive(
        new TargetFacts(file, file, true, size, 512, "Virtual drive", "", "", ""),
        new DriveLook.Now.Blank(),
        LOOK);
  }

  static List<Piece> piecesOf(Plan plan, Part part) {
    return plan.used().stream()
        .flatMap(drive -> drive.pieces().stream())
        .map(PlannedPiece::piece)
        .filter(piece -> piece.part().equals(part))
        .sorted(Comparator.comparingInt(Piece::number))
        .toList();
  }

  static StoredRelease release(String product, List<Long> sizes) {
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
