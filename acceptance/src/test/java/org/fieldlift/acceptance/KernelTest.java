package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.fieldlift.acceptance.UsbGuest.Stick;
import org.fieldlift.drive.BlockTargets;
import org.fieldlift.io.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A real Linux kernel, with our drives on its USB bus, reads what we wrote, and we read what it
/// wrote. One boot for all drives, because booting is what takes long.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelTest {
  private static final String BULK = "usb-bot";
  private static final String UAS = "usb-uas";

  private Path folder;
  private Program station;
  private UsbGuest.Report report;

  /// Drives that `fieldlift drive write` wrote; then those with what it never writes.
  private final List<Stick> ours = new ArrayList<>();

  private final List<Stick> random = new ArrayList<>();
  private Stick odd;
  private final Map<String, Map<String, String>> written = new TreeMap<>();

  @BeforeAll
  void theKernelSawAllDrives(@TempDir Path forAllTests) throws IOException {
    folder = forAllTests;
    UsbGuest.needed();
    Program.needs("losetup", "fsck.fat", "mcopy");
    Program.needsRoot();
    station = new Program(folder.resolve("station"));
    aStationWithReleases();

    write(
        List.of("-r", "os", "--each", "--piece-size", "1MiB"),
        stick("small", 64_000_000, BULK, 512),
        stick("medium", 4_000_000_000L, BULK, 512),
        stick("large", 16_000_000_000L, UAS, 512),
        stick("beyond-2-TiB", 3_000_000_000_000L, BULK, 512),
        stick("sectors-of-4096", 400_000_000, UAS, 4096));
    write(
        List.of("-r", "disk", "--together"),
        stick("one-of-two", 64_000_000, BULK, 512),
        stick("two-of-two", 64_000_000, BULK, 512));
    odd = new Stick("odd-names", folder.resolve("odd-names.img"), BULK, 512);
    written.put(odd.serial(), OddNames.write(odd.image()));
    randomTrees();
    report = UsbGuest.boot(all(), folder);
  }

  private void randomTrees() throws IOException {
    System.out.println("random trees: -Dfieldlift.seed=" + RandomTree.SEED);
    SplittableRandom chance = new SplittableRandom(RandomTree.SEED);
    long any = chance.nextLong(64_000_000, 4_000_000_000L) / 512 * 512;
    random("no-files", new RandomTree(0), 64_000_000, BULK, 512);
    random("files-20000", new RandomTree(1).with(20_000, 2_000, 300), 300_000_000, UAS, 512);
    random("any-size", new RandomTree(2).with(chance.nextInt(500), 60_000, 20), any, BULK, 512);
    random(
        "more-than-4-GiB",
        new RandomTree(3)
            .withLarge(4095L << 20)
            .with(20, 100_000, 5)
            .withLarge(chance.nextLong(300L << 20, 2L << 30)),
        16_000_000_000L,
        UAS,
        512);
    random(
        "sectors-of-4096-2-TB",
        new RandomTree(4).with(300, 50_000, 10).withLarge(chance.nextLong(300L << 20, 4095L << 20)),
        2_000_000_000_000L / 4096 * 4096,
        UAS,
        4096);
  }

  private void random(String serial, RandomTree tree, long size, String adapter, int sectorSize)
      throws IOException {
    Stick stick = new Stick(serial, folder.resolve(serial + ".img"), adapter, sectorSize);
    random.add(stick);
    written.put(serial, tree.write(stick.image(), size, sectorSize));
  }

  @Test
  void everyFileIsReadAsItWasWritten() {
    Map<String, Map<String, String>> read = new TreeMap<>();
    report.drives().forEach((serial, found) -> read.put(serial, found.read()));
    assertThat(read).isEqualTo(written);
    assertThat(read.get("small")).hasSizeGreaterThan(15); // pieces of 1 MiB
    assertThat(read.get("one-of-two")).isNotEqualTo(read.get("two-of-two"));
  }

  @Test
  void theHardwareWasWhatItShouldBe() {
    Map<String, String> hardware = new TreeMap<>();
    report.drives().forEach((serial, found) -> hardware.put(serial, found.hardware()));
    Map<String, String> expected = new TreeMap<>();
    for (Stick stick : all()) {
      String driver = stick.adapter().equals(UAS) ? "uas" : "usb-storage";
      expected.put(stick.serial(), driver + " " + stick.sectorSize() + " removable");
    }
    assertThat(hardware).isEqualTo(expected);
  }

  @Test
  void theKernelComplainsOfNothing() {
    assertThat(report.log())
        .anyMatch(line -> line.contains("Attached SCSI removable disk"))
        .noneMatch(line -> line.matches("(?i).*(FAT-fs|I/O error|partition table|truncated).*"));
  }

  @Test
  void whatTheKernelWroteIsThereBesideWhatWeWrote() throws IOException {
    for (Stick stick : all()) {
      assertThat(report.on(stick).wrote()).as(stick.serial()).hasSize(2);
      assertThat(DriveImages.read(stick.image()))
          .as(stick.serial())
          .isEqualTo(report.on(stick).afterwards());
    }
  }

  /// Not the odd names: mtools 4.0.32 crashes on a name of 255 Chinese characters.
  @Test
  void mtoolsReadsTheSame() throws IOException {
    for (Stick stick : ours) {
      Path copy = DriveImages.copyOut(stick.image(), folder.resolve("copy-" + stick.serial()));
      assertThat(Digests.ofAll(copy)).as(stick.serial()).isEqualTo(report.on(stick).afterwards());
    }
  }

  @Test
  void fsckFindsNothingAfterTheKernelWrote() {
    for (Stick stick : all()) {
      String device =
          Program.run("losetup", "-r", "-f", "--show", "-o", DriveImages.PARTITION, stick.image())
              .well()
              .out()
              .strip();
      try {
        assertThat(Program.run("fsck.fat", "-n", device).well().out().lines())
            .as(stick.serial())
            .satisfiesExactly(
                version -> assertThat(version).startsWith("fsck.fat"),
                count -> assertThat(count).contains(" files, "));
      } finally {
        Program.run("losetup", "-d", device).well();
      }
    }
  }

  @Test
  void ourDrivesStillHoldWhatTheyShould() {
    List<Object> verify = new ArrayList<>(List.of("drive", "verify"));
    ours.forEach(stick -> verify.add(stick.image()));
    station.fieldlift(verify.toArray()).well();
  }

  private void aStationWithReleases() throws IOException {
    station.fieldlift("trust", "new-key", folder.resolve("lab")).well();
    station
        .fieldlift("trust", "add", "lab", "--product", "*", "--key", folder.resolve("lab.pub"))
        .well();
    release("os", 12_000_000);
    release("disk", 75_000_000); // more than one of its drives can hold
  }

  private void release(String name, int size) throws IOException {
    byte[] noise = new byte[size];
    new SplittableRandom(size).nextBytes(noise);
    Path input = Files.write(folder.resolve(name + ".raw"), noise);
    Path file = folder.resolve(name + ".tar.gz");
    List<Object> pack = new ArrayList<>(List.of("release", "pack", "--kind", "file"));
    pack.addAll(List.of("--product", "example.org/" + name, "--release-version", "1"));
    pack.addAll(List.of("--key", folder.resolve("lab.key"), input, file));
    station.fieldlift(pack.toArray()).well();
    station.fieldlift("release", "fetch", file).well();
  }

  private Stick stick(String serial, long size, String adapter, int sectorSize) throws IOException {
    Path image = folder.resolve(serial + ".img");
    BlockTargets.createVirtual(image, size, sectorSize);
    return new Stick(serial, image, adapter, sectorSize);
  }

  /// Writes drives, and keeps in mind what they say they hold.
  private void write(List<String> order, Stick... sticks) throws IOException {
    List<Object> command = new ArrayList<>(List.of("drive", "write"));
    command.addAll(order);
    for (Stick stick : sticks) command.addAll(List.of("--to", stick.image()));
    station.fieldlift(command.toArray()).well();
    for (Stick stick : sticks) {
      ours.add(stick);
      written.put(stick.serial(), shown(stick.image()));
    }
  }

  /// What `drive show` lists, and the list itself with its signature.
  private Map<String, String> shown(Path image) throws IOException {
    String text = station.fieldlift("drive", "show", "--json", image).well().out();
    JsonNode json = Json.readObject(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), "show");
    assertThat(json.get("signature").asString()).isEqualTo("signed by this station");
    Map<String, String> files = new TreeMap<>();
    for (JsonNode file : json.get("files")) {
      files.put(file.get("path").asString(), file.get("sha256").asString());
    }
    Map<String, String> read = DriveImages.read(image);
    for (String list : List.of("FIELDLIFT/drive.json", "FIELDLIFT/drive.json.dsse")) {
      files.put(list, read.get(list));
    }
    return files;
  }

  private List<Stick> all() {
    List<Stick> all = new ArrayList<>(ours);
    all.add(odd);
    all.addAll(random);
    return all;
  }
}
