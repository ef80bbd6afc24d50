package org.fieldlift.fat32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fieldlift.io.Content;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What other people's programs say of our volumes: fsck.fat, mtools, sfdisk.
class FsckTest {
  private static final Instant TIME = Instant.parse("2026-03-01T12:34:56Z");

  @TempDir Path folder;

  @BeforeAll
  static void theProgramsAreHere() {
    for (String program : List.of("mkfs.fat", "fsck.fat", "mdir", "mcopy", "sfdisk")) {
      assumeTrue(
          Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
              .anyMatch(where -> Files.isExecutable(Path.of(where, program))),
          program + " is not installed (Debian packages dosfstools, mtools and fdisk)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "64000000, 512",
    "128000000, 512",
    "1000000000, 512",
    "1000000000, 4096",
    "4000000000, 512",
    "4000000000, 4096",
    "16000000000, 512",
    "16000000000, 4096",
    "64000000000, 512",
    "64000000000, 4096",
    "2000000000000, 512"
  })
  void fsckFindsNothingOnDrivesOfAnySize(long size, int sectorSize) throws Exception {
    Volume volume = volume(size, sectorSize, mixedFiles());

    assertThatFsckIsContent(volume);
  }

  @Test
  void fsckAcceptsTheLongestFile() throws Exception {
    Volume volume =
        volume(
            64_000_000_000L,
            512,
            List.of(
                new VolumeFile("longest", SampleContent.zeros(Volume.LARGEST_FILE)),
                new VolumeFile("after it", SampleContent.generated(40_000, 3))));

    assertThatFsckIsContent(volume);
  }

  @Test
  void fsckAcceptsThreeThousandFilesInOneFolder() throws Exception {
    List<VolumeFile> files = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      files.add(
          new VolumeFile("FIELDLIFT/pieces/piece number " + i, SampleContent.generated(i, i)));
    }

    assertThatFsckIsContent(volume(1_000_000_000, 512, files));
  }

  @Test
  void fsckAcceptsTheDeepestFoldersAndTheLongestNames() throws Exception {
    List<VolumeFile> files = new ArrayList<>();
    for (int length = 240; length <= 255; length++) {
      files.add(new VolumeFile("x".repeat(length), SampleContent.generated(length, length)));
    }
    String deep = "a b/".repeat(FolderTree.DEEPEST);
    files.add(new VolumeFile(deep + "bottom.txt", SampleContent.generated(5000, 9)));

    assertThatFsckIsContent(volume(300_000_000, 512, files));
  }

  @Test
  void fsckAcceptsADriveWithoutLabelOrFiles() throws Exception {
    Volume volume = Volume.of(Geometry.of(64_000_000, 512), "", 7, TIME, List.of());

    assertThatFsckIsContent(volume);
  }

  @Test
  void fsckAcceptsADriveThatIsFullToTheLastCluster() throws Exception {
    Geometry geometry = Geometry.of(64_000_000, 512);
    long room = (geometry.clusters() / 8 - 2) * 4096;
    List<VolumeFile> files =
        List.of(
            new VolumeFile("a.txt", SampleContent.generated(1, 1)),
            new VolumeFile("rest", SampleContent.generated(room, 5)));

    assertThatFsckIsContent(Volume.of(geometry, "FULL", 1, TIME, files));
  }

  @ParameterizedTest
  @CsvSource({"64000000, 512", "1000000000, 4096", "16000000000, 512"})
  void mtoolsCopyOutWhatWasLaidOut(long size, int sectorSize) throws Exception {
    List<VolumeFile> files = mixedFiles();
    Path image = SparseImage.drive(volume(size, sectorSize, files), folder.resolve("drive"));
    Path out = Files.createDirectory(folder.resolve("out"));

    run("mcopy", "-s", "-i", image + "@@4M", "::*", out.toString());

    for (VolumeFile file : files) {
      byte[] expected = file.content().bytes(1 << 24, file.path());
      assertThat(Files.readAllBytes(out.resolve(file.path()))).as(file.path()).isEqualTo(expected);
    }
  }

  @Test
  void mdirShowsLabelSerialNumberTimeAndFreeSpace() throws Exception {
    Volume volume = volume(16_000_000_000L, 512, mixedFiles());
    Path image = SparseImage.drive(volume, folder.resolve("drive"));

    String listing = run("mdir", "-i", image + "@@4M", "::");

    assertThat(listing)
        .contains("Volume in drive : is FL-7K3QX2")
        .contains("Volume Serial Number is 1234-ABCD")
        .contains("README   TXT")
        .contains("2026-03-01  12:34")
        .contains("15 985 639 424 bytes free");
  }

  @Test
  void sfdiskSeesOnePartition() throws Exception {
    Volume volume = volume(16_000_000_000L, 512, mixedFiles());
    Path image = SparseImage.drive(volume, folder.resolve("drive"));

    String table = run("sfdisk", "--json", image.toString());

    assertThat(table.replaceAll("\\s", ""))
        .contains("\"label\":\"dos\"", "\"id\":\"0x1234abcd\"")
        .contains("\"start\":8192,\"size\":31241808,\"type\":\"c\"")
        .doesNotContain("bootable");
  }

  @Test
  void whatOtherProgramsWroteIsRead() throws Exception {
    Path image = folder.resolve("foreign");
    try (FileChannel channel =
        FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), 100_000_000 - 1);
    }
    run("mkfs.fat", "-F", "32", "-n", "CAMERA 1", "-i", "CAFE0001", image.toString());
    Map<String, Content> files = new LinkedHashMap<>();
    files.put("DCIM/100 Straße/Aufnahme 1.jpeg", SampleContent.generated(300_000, 1));
    files.put("DCIM/100 Straße/x.txt", SampleContent.generated(700, 2));
    files.put("System Volume Information/._x", SampleContent.generated(5, 3));
    for (Map.Entry<String, Content> file : files.entrySet()) {
      Path source = folder.resolve(file.getKey());
      Files.createDirectories(folder.resolve(file.getKey().replaceAll("/[^/]*$", "")));
      Files.write(source, file.getValue().bytes(1 << 20, file.getKey()));
    }
    run("mcopy", "-s", "-i", image.toString(), folder.resolve("DCIM").toString(), "::");
    String system = folder.resolve("System Volume Information").toString();
    run("mcopy", "-s", "-i", image.toString(), system, "::");

    VolumeReader reader = VolumeReader.open(Content.of(image, Files.size(image)), "camera");

    assertThat(reader.label()).isEqualTo("CAMERA 1");
    assertThat(reader.volumeId()).isEqualTo(0xCAFE0001);
    Map<String, Content> found = Trees.files(reader);
    assertThat(found).containsOnlyKeys(files.keySet());
    for (Map.Entry<String, Content> file : found.entrySet()) {
      assertThat(file.getValue().bytes(1 << 20, file.getKey()))
          .isEqualTo(Files.readAllBytes(folder.resolve(file.getKey())));
    }
    assertThat(run("mdir", "-i", image.toString(), "::").replace(" ", ""))
        .contains(reader.freeBytes() + "bytesfree");
  }

  private static List<VolumeFile> mixedFiles() {
    List<VolumeFile> files = new ArrayList<>();
    files.add(new VolumeFile("README.txt", SampleContent.generated(1234, 1)));
    files.add(new VolumeFile("import.sh", SampleContent.generated(4096, 2)));
    files.add(new VolumeFile("EMPTY", Content.of(new byte[0])));
    files.add(new VolumeFile("Grüße an die Geräte.txt", SampleContent.generated(32_768, 3)));
    files.add(new VolumeFile("FIELDLIFT/drive.json", SampleContent.generated(100_000, 4)));
    files.add(new VolumeFile("FIELDLIFT/drive.json.dsse", SampleContent.generated(1, 5)));
    for (int i = 0; i < 100; i++) {
      String name = "%064x.%03d".formatted(i * 0x1234567L, i);
      files.add(new VolumeFile("FIELDLIFT/pieces/" + name, SampleContent.generated(i * 777L, i)));
    }
    return files;
  }

  private static Volume volume(long size, int sectorSize, List<VolumeFile> files)
      throws IOException {
    return Volume.of(Geometry.of(size, sectorSize), "FL-7K3QX2", 0x1234ABCD, TIME, files);
  }

  private void assertThatFsckIsContent(Volume volume) throws Exception {
    Path partition = SparseImage.partition(volume, folder.resolve("partition"));
    String words = run("fsck.fat", "-n", "-v", partition.toString());
    assertThat(words).contains("Checking for unused clusters.");
    assertThat(words.substring(words.indexOf("Checking for unused clusters.")).lines()).hasSize(3);
    Files.delete(partition);
  }

  /// What the program printed; it has to be content.
  private static String run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    Process process = builder.start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(words).isZero();
    return words;
  }
}
