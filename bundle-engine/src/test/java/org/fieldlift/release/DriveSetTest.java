package org.fieldlift.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.fieldlift.archive.Tree;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.DirectoryTree;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriveSetTest {
  @TempDir Path folder;
  private Path release;
  private List<Path> drives;

  @BeforeEach
  void writeThreeDrives() throws IOException {
    release = folder.resolve("r.forklift-bundle");
    Samples.packed(folder.resolve("tree"), release, "v1", 1);
    drives = Drives.write(folder, release, "AAA", 3);
  }

  @Test
  void theDrivesAreReadInPlaceInAnyOrder() throws IOException {
    try (OpenRelease open = open(drives.get(2), drives.get(0), drives.get(1))) {
      PartList expected = PartList.parse(Files.readAllBytes(release.resolve("parts.json")));
      assertThat(Samples.check(open)).isEqualTo(expected);
      assertThat(open.archiveSize()).isEqualTo(expected.size());
    }
  }

  @Test
  void joinedFromDrivesItIsTheVeryFileThatWasPacked() throws IOException {
    Path single = folder.resolve("single.tar.gz");
    Path joined = folder.resolve("joined.tar.gz");
    ReleasePacker.pack(
        Tree.of(folder.resolve("tree")),
        Samples.draft("v1", 1),
        null,
        single,
        new Progress(""),
        new Cancellation());
    try (OpenRelease open = open(drives)) {
      ReleasePacker.repack(open, joined, new Progress(""), new Cancellation());
    }
    assertThat(joined).hasSameBinaryContentAs(single);
  }

  @Test
  void foreignFilesAreNotLookedAt() throws IOException {
    for (Path drive : drives) {
      Samples.write(drive.resolve("FIELDLIFT/pieces/._" + anyPiece(drive).getFileName()), junk());
      Samples.write(drive.resolve("FIELDLIFT/pieces/notes.txt"), junk());
      Samples.write(drive.resolve("System Volume Information/IndexerVolumeGuid"), junk());
      Samples.write(drive.resolve("FIELDLIFT/releases/._x/release.json"), junk());
    }
    try (OpenRelease open = open(drives)) {
      Samples.check(open);
    }
  }

  @Test
  void aMissingDriveIsCalledByItsName() throws IOException {
    try (OpenRelease open = open(drives.get(0), drives.get(2))) {
      assertFault(open, "Drive 2 of 3 (FL-AAA002) is missing.");
    }
  }

  @Test
  void aDamagedPieceIsNamedWithItsDrive() throws IOException {
    Samples.damage(anyPiece(drives.get(1)));
    try (OpenRelease open = open(drives)) {
      assertThatThrownBy(() -> Samples.check(open))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.kind()).isEqualTo(Problem.Kind.DRIVE);
                assertThat(problem.what())
                    .matches("Piece \\d of \\d on drive FL-AAA002 is damaged\\.");
                assertThat(problem.next()).contains("Write this drive again; the others are fine");
              });
    }
  }

  @Test
  void aMissingPieceIsNamed() throws IOException {
    Files.delete(anyPiece(drives.get(2)));
    try (OpenRelease open = open(drives)) {
      assertFault(open, "on drive FL-AAA003 is missing");
    }
  }

  @Test
  void aPieceThatWasSwappedIsFound() throws IOException {
    Path piece = largestPiece(drives.get(0));
    Files.write(piece, Samples.random(9, (int) Files.size(piece)));
    try (OpenRelease open = open(drives)) {
      assertFault(open, "on drive FL-AAA001 is damaged");
    }
  }

  @Test
  void aMapThatLiesIsNotBelieved() throws IOException {
    Path other = folder.resolve("o.forklift-bundle");
    Samples.packed(folder.resolve("tree2"), other, "v2", 3);
    List<Path> liars = Drives.write(folder, other, "BBB", 1);
    Path liar = liars.getFirst();
    String map = Files.readString(liar.resolve(DriveManifest.FILE));
    SignedRelease genuine =
        SignedRelease.of(Files.readAllBytes(release.resolve("release.json")), null);
    SignedRelease lie = SignedRelease.of(Files.readAllBytes(other.resolve("release.json")), null);
    Files.writeString(
        liar.resolve(DriveManifest.FILE), map.replace(lie.id().hex(), genuine.id().hex()));
    Samples.write(
        liar.resolve(DriveManifest.releaseFolder(genuine.id()) + "/release.json"), genuine.json());
    try (OpenRelease open = open(liar)) {
      assertThatThrownBy(() -> Samples.check(open))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.NOT_GENUINE));
    }
  }

  @Test
  void drivesOfTwoSetsAreNotMixed() throws IOException {
    List<Path> others = Drives.write(folder, release, "BBB", 3);
    assertThatThrownBy(() -> open(drives.get(0), others.get(1)))
        .isInstanceOf(Problem.class)
        .hasMessage("The drives FL-AAA001 and FL-BBB002 belong to different sets.");
  }

  @Test
  void aDriveThatWasPulledTooEarlyIsNone() throws IOException {
    Files.delete(drives.get(1).resolve(DriveManifest.FILE));
    assertThat(ReleaseForms.isDrive(new DirectoryTree(drives.get(1)))).isFalse();
    assertThatThrownBy(() -> open(drives)).hasMessageContaining("writing it never ended");
  }

  @Test
  void aDamagedDescriptionIsReadFromAnotherDrive() throws IOException {
    for (Path drive : drives.subList(0, 2)) Samples.damage(description(drive));
    try (OpenRelease open = open(drives)) {
      Samples.check(open);
    }
    Samples.damage(description(drives.get(2)));
    assertThatThrownBy(() -> open(drives))
        .hasMessageContaining("release.json")
        .hasMessageContaining("damaged");
  }

  @Test
  void aMapWithAGapIsRefused() throws IOException {
    Path file = drives.getFirst().resolve(DriveManifest.FILE);
    DriveManifest map = DriveManifest.parse(Files.readAllBytes(file));
    DriveManifest.HeldRelease held = map.releases().getFirst();
    DriveManifest.HeldRelease gap =
        new DriveManifest.HeldRelease(
            held.id(),
            held.product(),
            held.label(),
            held.platform(),
            held.pieces().stream().filter(piece -> piece.piece().number() == 0).toList());
    Files.write(
        file,
        new DriveManifest(
                map.code(),
                map.set(),
                map.number(),
                map.of(),
                map.station(),
                map.stationKey(),
                map.time(),
                List.of(gap),
                map.devices(),
                map.files(),
                map.codes())
            .toJson());
    assertThatThrownBy(() -> open(drives)).hasMessageContaining("which pieces");
  }

  private static OpenRelease open(List<Path> drives) throws IOException {
    return ReleaseForms.onDrives(drives.stream().map(DirectoryTree::new).toList()).getFirst();
  }

  private static OpenRelease open(Path... drives) throws IOException {
    return open(List.of(drives));
  }

  private static void assertFault(OpenRelease open, String words) {
    assertThatThrownBy(() -> Samples.check(open))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(words);
  }

  private static Path anyPiece(Path drive) throws IOException {
    try (Stream<Path> pieces = Files.list(drive.resolve("FIELDLIFT/pieces"))) {
      return pieces.sorted().findFirst().orElseThrow();
    }
  }

  private static Path largestPiece(Path drive) throws IOException {
    try (Stream<Path> pieces = Files.list(drive.resolve("FIELDLIFT/pieces"))) {
      return pieces.max(Comparator.comparingLong(piece -> piece.toFile().length())).orElseThrow();
    }
  }

  private static Path description(Path drive) throws IOException {
    try (Stream<Path> all = Files.walk(drive.resolve("FIELDLIFT/releases"))) {
      return all.filter(file -> file.endsWith("release.json")).findFirst().orElseThrow();
    }
  }

  private static byte[] junk() {
    return new byte[] {1, 2, 3};
  }
}
