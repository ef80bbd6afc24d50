package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles that the real Forklift staged go all the way: packed, signed, fetched, written to two
/// drives, imported from them; and come out as they went in.
class RealBundlesTest {
  private static final Path DATA =
      Program.root().resolve("acceptance/src/test/resources/forklift").toAbsolutePath();

  @TempDir Path folder;
  private Program station;

  @BeforeEach
  void aStationThatTrustsItsOwnKey() {
    station = new Program(folder.resolve("station"));
    station.fieldlift("trust", "new-key", folder.resolve("lab")).well();
    station
        .fieldlift("trust", "add", "lab", "--product", "*", "--key", folder.resolve("lab.pub"))
        .well();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pallet-standard", "1", "2", "3"})
  void aRealBundleComesOutAsItWentIn(String name) throws IOException {
    Path bundle = bundle(name);
    Path file = folder.resolve("release.forklift-bundle.tar.gz");
    pack(bundle, file);
    List<Path> drives = writeTwoDrives(fetch(file), fetch(diskImage()));

    Path stages = Files.createDirectory(folder.resolve("stages"));
    station
        .fieldlift(
            "stage",
            "import-bundle",
            drives.get(1),
            drives.get(0),
            "--stage-store",
            stages,
            "--platform",
            "linux/arm64",
            "--set-next")
        .well();
    Trees.assertSame(bundle, stages.resolve("1"));
    assertThat(stages.resolve("forklift-stage-store.yml")).content().contains("next: 1");

    drives.forEach(drive -> DriveImages.assertSound(drive, folder));
  }

  @Test
  void tarReadsTheSingleFileAndTheJoinedParts() throws IOException {
    Path bundle = bundle("3");
    Path file = folder.resolve("release.forklift-bundle.tar.gz");
    pack(bundle, file);
    Path plain = Files.createDirectory(folder.resolve("plain"));
    Program.run("tar", "xzpf", file, "-C", plain).well();
    assertThat(plain.resolve("fieldlift/release.json")).exists();
    Program.run("rm", "-r", plain.resolve("fieldlift")).well();
    Trees.assertSame(bundle, plain);

    Path split = folder.resolve("release.forklift-bundle");
    station.fieldlift("release", "split", file, split).well();
    Program.run("sh", "-c", "cd '" + split + "' && sha256sum -c SHA256SUMS").well();
    Path joined = folder.resolve("joined.tar.gz");
    station.fieldlift("release", "join", joined, split).well();
    assertThat(Files.mismatch(joined, file)).isEqualTo(-1);
  }

  @Test
  void packingTheSameBundleTwiceYieldsTheSameBytes() throws IOException {
    Path bundle = bundle("2");
    Path one = folder.resolve("one.tar.gz");
    Path two = folder.resolve("two.tar.gz");
    pack(bundle, one);
    pack(bundle, two);
    assertThat(Files.mismatch(one, two)).isEqualTo(-1);
  }

  @Test
  void aReleaseNobodySignedNeverReachesADrive() throws IOException {
    Path file = folder.resolve("unsigned.tar.gz");
    station.fieldlift("release", "pack", bundle("1"), file, "--platform", "linux/arm64").well();
    station.fieldlift("release", "verify", file).refused(3, "Nobody signed it");
    station.fieldlift("release", "fetch", file).refused(3, "Nobody signed it");
    station.fieldlift("release", "list", "--json").well();
    assertThat(station.fieldlift("release", "list", "--json").out().strip()).matches("\\[\\s*\\]");
  }

  private void pack(Path bundle, Path file) {
    station
        .fieldlift(
            "release",
            "pack",
            bundle,
            file,
            "--platform",
            "linux/arm64",
            "--key",
            folder.resolve("lab.key"))
        .well();
  }

  private String fetch(Path file) {
    return station.fieldlift("release", "fetch", file).well().out().strip();
  }

  /// An opaque release that is too large for either drive, so that the set is really a set.
  private Path diskImage() throws IOException {
    byte[] noise = new byte[75_000_000];
    new SplittableRandom(7).nextBytes(noise);
    Path image = Files.write(folder.resolve("disk.img.raw"), noise);
    Path release = folder.resolve("disk.tar.gz");
    station
        .fieldlift(
            "release",
            "pack",
            "--kind",
            "file",
            "--product",
            "example.org/lab/disk",
            "--release-version",
            "7",
            "--key",
            folder.resolve("lab.key"),
            image,
            release)
        .well();
    return release;
  }

  private List<Path> writeTwoDrives(String bundle, String diskImage) {
    List<Path> drives = List.of(folder.resolve("a.img"), folder.resolve("b.img"));
    station
        .fieldlift(
            "drive",
            "write",
            "-r",
            diskImage,
            "-r",
            bundle,
            "--together",
            "--size",
            "64MB",
            "--to",
            drives.get(0),
            "--to",
            drives.get(1))
        .well();
    drives.forEach(drive -> station.fieldlift("drive", "verify", drive).well());
    return drives;
  }

  private Path bundle(String name) throws IOException {
    Path out = Files.createDirectories(folder.resolve("bundle-" + name));
    if (name.equals("pallet-standard")) {
      Program.run("tar", "xzpf", DATA.resolve("pallet-standard-stage.tar.gz"), "-C", out).well();
      return out.resolve("stage");
    }
    Program.run("tar", "xzpf", DATA.resolve("workspace.tar.gz"), "-C", out).well();
    return out.resolve(".local/share/forklift/stages").resolve(name);
  }
}
