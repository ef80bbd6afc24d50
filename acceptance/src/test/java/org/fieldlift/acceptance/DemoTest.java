package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `fieldlift demo` does the whole job; what it leaves is held against programs that are not ours.
class DemoTest {
  @TempDir Path folder;
  private Path demo;
  private Program.Said said;

  @BeforeEach
  void theDemoRan() {
    demo = folder.resolve("demo");
    said = new Program(folder.resolve("unused")).fieldlift("demo", demo).well();
  }

  @Test
  void theWholeJobIsDoneAndEveryoneAgrees() throws IOException {
    assertThat(said.out())
        .contains("Genuine. Signed by", "safe to pull out", "SCOPE-17", "reported");
    Trees.assertSame(demo.resolve("bundle"), demo.resolve("device/stages/1"));

    List<Path> drives = List.of(demo.resolve("drive-1.img"), demo.resolve("drive-2.img"));
    drives.forEach(drive -> DriveImages.assertSound(drive, folder));

    Program.needs("dash");
    Path first = DriveImages.copyOut(drives.get(0), folder.resolve("mounted-1"));
    Path second = DriveImages.copyOut(drives.get(1), folder.resolve("mounted-2"));
    Path unpacked = folder.resolve("unpacked");
    Program.run("dash", first.resolve("import.sh"), "-o", unpacked, second).well();
    Program.run("rm", "-rf", unpacked.resolve("fieldlift")).well();
    Trees.assertSame(demo.resolve("bundle"), unpacked);

    Program station = new Program(demo.resolve("station"));
    station.fieldlift("ledger", "check").well();
    station.fieldlift("drive", "verify", first, second).well();
    Path joined = folder.resolve("joined.tar.gz");
    station.fieldlift("release", "join", joined, second, first).well();
    Path again = folder.resolve("again.tar.gz");
    station
        .fieldlift("release", "join", again, demo.resolve("www/microscope-1.2.0.forklift-bundle"))
        .well();
    assertThat(Files.mismatch(joined, again)).isEqualTo(-1);
  }

  @Test
  void oneWrongByteOnADriveIsFoundNamedAndRefused() throws IOException {
    Program station = new Program(demo.resolve("station"));
    Path drive = demo.resolve("drive-1.img");
    try (var file = new java.io.RandomAccessFile(drive.toFile(), "rw")) {
      file.seek(30_000_000);
      int old = file.read();
      file.seek(30_000_000);
      file.write(old ^ 1);
    }
    station.fieldlift("drive", "verify", drive).refused(4, "is damaged");
    Path stages = Files.createDirectory(folder.resolve("stages"));
    station
        .fieldlift(
            "stage",
            "import-bundle",
            drive,
            demo.resolve("drive-2.img"),
            "--stage-store",
            stages,
            "--platform",
            "linux/arm64")
        .refused(4, "damaged");
    try (var left = Files.list(stages)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.matches("\\d+"));
    }
  }

  @Test
  void aMissingDriveOfTheSetIsNamed() throws IOException {
    Path stages = Files.createDirectory(folder.resolve("stages"));
    new Program(demo.resolve("station"))
        .fieldlift(
            "stage",
            "import-bundle",
            demo.resolve("drive-2.img"),
            "--stage-store",
            stages,
            "--platform",
            "linux/arm64")
        .refused(4, "1 of 2");
  }

  @Test
  void aDriveThatHoldsSomethingIsNotErasedUnasked() {
    Program station = new Program(demo.resolve("station"));
    station
        .fieldlift(
            "drive",
            "write",
            "-r",
            "microscope",
            "--together",
            "--to",
            demo.resolve("drive-1.img"),
            "--to",
            demo.resolve("drive-2.img"))
        .refused(2, "Nothing was written");
    station
        .fieldlift(
            "drive",
            "write",
            "-r",
            "microscope",
            "--together",
            "--yes",
            "--to",
            demo.resolve("drive-1.img"),
            "--to",
            demo.resolve("drive-2.img"))
        .well();
  }
}
