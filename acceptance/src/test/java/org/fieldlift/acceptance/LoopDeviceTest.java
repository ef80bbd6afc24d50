package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real block device of the kernel, with direct I/O and exclusive open.
class LoopDeviceTest {
  @TempDir Path folder;
  private Program station;
  private final List<LoopDrive> drives = new ArrayList<>();

  @BeforeEach
  void aStationWithARelease() throws IOException {
    Program.needs("losetup");
    Program.needsRoot();
    station = new Program(folder.resolve("station"));
    station.fieldlift("trust", "new-key", folder.resolve("lab")).well();
    station
        .fieldlift("trust", "add", "lab", "--product", "*", "--key", folder.resolve("lab.pub"))
        .well();
    Path input = Files.write(folder.resolve("os.img"), new byte[5_000_000]);
    Path release = folder.resolve("os.tar.gz");
    station
        .fieldlift(
            "release",
            "pack",
            "--kind",
            "file",
            "--product",
            "example.org/os",
            "--release-version",
            "1",
            "--key",
            folder.resolve("lab.key"),
            input,
            release)
        .well();
    station.fieldlift("release", "fetch", release).well();
  }

  @AfterEach
  void letGo() {
    drives.forEach(LoopDrive::close);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096})
  void aBlockDeviceIsWrittenReadBackAndSound(int sector) throws IOException {
    LoopDrive drive = drive(sector == 512 ? "100M" : "400M", sector);
    station.fieldlift("drive", "write", "-r", "os", "--to", drive.device()).well();
    station.fieldlift("drive", "verify", drive.device()).well();
    assertThat(station.fieldlift("drive", "show", drive.device()).well().out())
        .contains("example.org/os 1");
    if (sector == 512) DriveImages.assertSound(drive.image(), folder);
  }

  @Test
  void aDeviceThatSomebodyHoldsIsRefused() throws IOException {
    Program.needs("mkfs.ext4");
    String device = drive("100M", 512).device();
    Program.run("mkfs.ext4", "-q", device).well();
    Path mount = Files.createDirectory(folder.resolve("mounted"));
    Program.run("mount", device, mount).well();
    try {
      station
          .fieldlift("drive", "write", "-r", "os", "--yes", "--to", device)
          .refused(4, mount.toString());
    } finally {
      Program.run("umount", mount);
    }
  }

  /// ISO 9660, Btrfs and UDF leave the first 4096 bytes alone, and more.
  @ParameterizedTest
  @ValueSource(longs = {32769, 65600, 524_289, 20_000_000})
  void aDriveWithSomethingBehindAnEmptyBeginningIsNotErasedUnasked(long place) throws IOException {
    String device = drive("100M", 512).device();
    byte[] theirs = new byte[1 << 20];
    Arrays.fill(theirs, (byte) 'x');
    put(device, place, theirs);
    station
        .fieldlift("drive", "write", "-r", "os", "--to", device)
        .refused(2, "holds something this computer cannot read; writing erases it");
    try (RandomAccessFile open = new RandomAccessFile(device, "r")) {
      byte[] found = new byte[theirs.length];
      open.seek(place);
      open.readFully(found);
      assertThat(found).isEqualTo(theirs);
    }
  }

  private static void put(String device, long place, byte[] bytes) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(device, "rw")) {
      open.seek(place);
      open.write(bytes);
      open.getFD().sync();
    }
  }

  @Test
  void aDeviceUnderTwoNamesIsRefusedBeforeAnythingIsWritten() throws IOException {
    LoopDrive drive = drive("100M", 512);
    Path link = Files.createSymbolicLink(folder.resolve("by-id"), Path.of(drive.device()));
    station
        .fieldlift("drive", "write", "-r", "os", "--to", drive.device(), "--to", link)
        .refused(2, drive.device() + " and " + link + " are the same drive.");
    try (var image = Files.newInputStream(drive.image())) {
      assertThat(image.readNBytes(8 << 20)).containsOnly(0);
    }
  }

  /// The kernel lets each of them be claimed while another one is.
  @Test
  void loopDevicesOverOneFileAndTheFileItselfAreOneDrive() throws IOException {
    LoopDrive one = drive("100M", 512);
    LoopDrive other = drive("100M", 512);
    List<String> names = List.of(one.device(), other.device(), one.image().toString());
    for (String name : names) {
      for (String again : names) {
        if (name.equals(again)) continue;
        station
            .fieldlift("drive", "write", "-r", "os", "--to", name, "--to", again)
            .refused(2, name + " and " + again + " are the same drive.");
      }
    }
    try (var image = Files.newInputStream(one.image())) {
      assertThat(image.readNBytes(8 << 20)).containsOnly(0);
    }
    station.fieldlift("drive", "write", "-r", "os", "--to", other.device()).well();
    station.fieldlift("drive", "verify", one.device()).well();
  }

  @Test
  void aLoopDeviceDoesNotHideADiskInUse() throws IOException {
    Program.needs("mkfs.ext4");
    LoopDrive disk = drive("100M", 512);
    Program.run("mkfs.ext4", "-q", disk.device()).well();
    LoopDrive twin = LoopDrive.over(disk.image(), 512);
    drives.add(twin);
    LoopDrive above = LoopDrive.over(Path.of(disk.device()), 512);
    drives.addFirst(above);
    Path mount = Files.createDirectory(folder.resolve("mounted"));
    Program.run("mount", disk.device(), mount).well();
    try {
      station
          .fieldlift("drive", "write", "-r", "os", "--yes", "--to", twin.device())
          .refused(4, mount.toString());
      station
          .fieldlift("drive", "write", "-r", "os", "--yes", "--to", above.device())
          .refused(4, above.device() + " is made of other disks.");
    } finally {
      Program.run("umount", mount);
    }
  }

  private LoopDrive drive(String size, int sector) {
    drives.add(LoopDrive.make(folder.resolve("drive.img"), size, sector));
    return drives.getLast();
  }
}
