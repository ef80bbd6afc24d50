package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How fast Fieldlift is, and how much memory it takes, beside programs people know. Run it by
/// `tools/benchmark`; it never fails because of a figure.
///
/// Packing and importing happen in memory (`/dev/shm`), so that the disk's mood is not what is
/// measured; drives lie on the disk, through loop devices with direct I/O. Of several runs in turn
/// the best counts, on both sides.
@ExtendWith(Ratios.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class Benchmark {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final int BLOB = 64 << 20;

  /// Hardly a USB drive is faster.
  private static final long USB_SPEED = 400_000_000;

  /// The control group in which drives are slow, and what starts a program in it.
  private static final String GROUP = "fieldlift-benchmark";

  private static final List<String> SLOWLY =
      List.of(
          "bash",
          "-ec",
          "echo $$ >/sys/fs/cgroup/blkio/" + GROUP + "/cgroup.procs; exec \"$@\"",
          "bash");

  /// Each kind of work is run so often.
  private static final int ROUNDS = number("FIELDLIFT_ROUNDS", 3);

  /// How much is packed, imported and written; more for a long run.
  private static final int MEGABYTES = number("FIELDLIFT_MEGABYTES", 1024);

  @TempDir Path disk;
  private Path memory = MEMORY;

  @BeforeEach
  void aStation() throws IOException {
    Program.needsRoot();
    memory = Files.createTempDirectory(MEMORY, "fieldlift");
    run("trust", "new-key", disk.resolve("lab"));
    run("trust", "add", "lab", "--product", "*", "--key", disk.resolve("lab.pub"));
  }

  @AfterEach
  void giveMemoryBack() {
    Program.run("rm", "-rf", memory).well();
  }

  @Test
  @Order(1)
  void start() throws IOException {
    Path hello = disk.resolve("Hello.java");
    Files.writeString(
        hello, "class Hello { public static void main(String[] a) { System.out.println(1); } }");
    Path java = Path.of(System.getProperty("java.home"), "bin");
    Program.run(java.resolve("javac"), "-d", disk, hello).well();
    Object[] world = {java.resolve("java"), "-cp", disk, "Hello"};
    Path release = packed(tree(disk.resolve("small"), 0, 20), disk.resolve("small.release"));
    List<Clocked> best =
        inTurn(
            10,
            () -> Clocked.run(fieldlift("--version")),
            () -> Clocked.run(fieldlift("release", "verify", release)),
            () -> Clocked.run(world));
    ratio("fieldlift --version", best.get(0), "a Java hello world", best.get(2), 1.3);
    ratio("release verify of a small release", best.get(1), "a Java hello world", best.get(2), 2);
  }

  @Test
  @Order(2)
  void packAndImport() throws IOException {
    Path tree = tree(memory.resolve("tree"), MEGABYTES, 400);
    Path release = memory.resolve("release");
    Path archive = memory.resolve("tree.tar.gz");
    Path stages = memory.resolve("stages");
    List<Clocked> packing =
        inTurn(
            ROUNDS,
            () -> fresh(release, packing(tree, release)),
            () ->
                Clocked.shell(
                    "find \"$1\" -type f -exec openssl dgst -sha256 {} + >/dev/null", tree));
    Clocked tar = Clocked.shell("tar -C \"$1\" -c . | gzip -6 >\"$2\"", tree, archive);
    String work = "pack %d MB".formatted(MEGABYTES);
    ratio(work, packing.get(0), "reading and hashing it with openssl", packing.get(1), 1.3);
    ratio(work, packing.get(0), "tar | gzip -6", tar, 0.1);
    Path copy = memory.resolve("copy");
    List<Clocked> importing =
        inTurn(
            ROUNDS,
            () -> fresh(stages, Lab.importing(release, stages)),
            () ->
                Clocked.shell(
                    "rm -rf \"$2\"; mkdir \"$2\"; tar -C \"$2\" -xzf \"$1\"", archive, copy));
    ratio("import %d MB".formatted(MEGABYTES), importing.get(0), "tar xzf", importing.get(1), 1.2);
  }

  @Test
  @Order(3)
  void packAgain() throws IOException {
    PackingAgain.with(memory, MEGABYTES, ROUNDS);
  }

  @Test
  @Order(3)
  void images() throws IOException {
    new ImageSpeed(memory, MEGABYTES, ROUNDS).exporting();
  }

  @Test
  @Order(3)
  void registry() throws IOException {
    new ImageSpeed(memory, MEGABYTES, ROUNDS).copying();
  }

  @Test
  @Order(4)
  void writeOneDrive() throws IOException {
    run("release", "fetch", release(MEGABYTES));
    try (LoopDrive drive = LoopDrive.make(disk.resolve("one.img"), "2G", 512)) {
      Program.run("dd", "if=/dev/zero", "of=" + drive.image(), "bs=4M", "count=512", "conv=notrunc")
          .well();
      oneDrive(drive, "", List.of());
      if (!LoopDrive.canBeSlow()) return;
      drive.slowTo(GROUP, USB_SPEED);
      oneDrive(drive, " of 400 MB/s", SLOWLY);
    }
  }

  private void oneDrive(LoopDrive drive, String kind, List<String> slowly) throws IOException {
    double write = Double.MAX_VALUE;
    double read = Double.MAX_VALUE;
    double ddWrite = Double.MAX_VALUE;
    double ddRead = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode lane = write(drive, slowly).get(0);
      write = Math.min(write, lane.get("writingSeconds").asDouble());
      read = Math.min(read, lane.get("checkingSeconds").asDouble());
      long blocks = Math.ceilDiv(lane.get("bytes").asLong(), 4 << 20);
      String device = drive.device();
      ddWrite =
          Math.min(
              ddWrite, dd(slowly, source(blocks), device, blocks, "oflag=direct", "conv=fsync"));
      ddRead = Math.min(ddRead, dd(slowly, device, "/dev/null", blocks, "iflag=direct"));
    }
    Ratios.add(new Ratio("write one drive" + kind, "dd oflag=direct", write, ddWrite, "s", 1.05));
    Ratios.add(
        new Ratio("read back and verify" + kind, "dd iflag=direct", read, ddRead, "s", 1.05));
  }

  @Test
  @Order(5)
  void fourSlowDrives() throws IOException {
    Assumptions.assumeTrue(LoopDrive.canBeSlow(), "this kernel cannot throttle a block device");
    run("release", "fetch", release(128));
    List<LoopDrive> drives = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        drives.add(LoopDrive.make(disk.resolve("slow-" + i + ".img"), "256M", 512));
        drives.getLast().slowTo(GROUP, 20_000_000);
      }
      Clocked one = slow(drives.subList(0, 1));
      Clocked four = slow(drives);
      ratio("four drives of 20 MB/s at once", four, "one of them", one, 1.15);
    } finally {
      drives.forEach(LoopDrive::close);
    }
  }

  @Test
  @Order(6)
  void growthInBytes() throws IOException {
    List<Integer> sizes = List.of(1, 2, 4, 8);
    List<Clocked> packing = new ArrayList<>();
    for (int size : sizes) {
      Path tree = tree(memory.resolve("tree"), size * MEGABYTES, 0);
      Path release = memory.resolve("release");
      packing.add(fresh(release, packing(tree, release)));
      Program.run("rm", "-rf", memory.resolve("tree"), release).well();
    }
    growth("pack %d MB more".formatted(MEGABYTES), sizes, packing);
  }

  @Test
  @Order(7)
  void growthInEntries() throws IOException {
    List<Integer> counts = List.of(1, 10, 100);
    List<Clocked> packing = new ArrayList<>();
    List<Clocked> importing = new ArrayList<>();
    for (int count : counts) {
      Path tree = tree(memory.resolve("tree"), 0, count * 1000);
      Path release = memory.resolve("release");
      Path stages = memory.resolve("stages");
      packing.add(fresh(release, packing(tree, release)));
      importing.add(fresh(stages, Lab.importing(release, stages)));
      Program.run("rm", "-rf", memory.resolve("tree"), release, stages).well();
    }
    growth("pack 1000 entries more", counts, packing);
    growth("import 1000 entries more", counts, importing);
    memory("pack 100000 entries", packing.getLast());
    memory("import 100000 entries", importing.getLast());
  }

  /// Eight drives that share eight times the usual amount.
  @Test
  @Order(8)
  void memoryOfEightLanes() throws IOException {
    run("release", "fetch", release(8 * MEGABYTES));
    List<Object> arguments =
        new ArrayList<>(
            List.of("drive", "write", "-r", Lab.PRODUCT, "--yes", "--together", "--size"));
    arguments.add(MEGABYTES * 5L / 4 + "MB");
    for (int i = 0; i < 8; i++) {
      arguments.add("--to");
      arguments.add(disk.resolve("eight-" + i + ".img"));
    }
    memory("write %d MB to 8 drives".formatted(8 * MEGABYTES), clocked(arguments.toArray()));
  }

  // What is measured

  private Clocked slow(List<LoopDrive> drives) {
    List<Object> arguments =
        new ArrayList<>(List.of("drive", "write", "-r", Lab.PRODUCT, "--yes", "--each"));
    for (LoopDrive drive : drives) {
      arguments.add("--to");
      arguments.add(drive.device());
    }
    return Clocked.run(after(SLOWLY, fieldlift(arguments.toArray())));
  }

  private JsonNode write(LoopDrive drive, List<String> slowly) {
    Object[] command =
        fieldlift("drive", "write", "-r", Lab.PRODUCT, "--yes", "--json", "--to", drive.device());
    return JsonMapper.shared().readTree(Program.run(after(slowly, command)).well().out());
  }

  private static double dd(
      List<String> slowly, Object from, Object to, long blocks, String... more) {
    List<Object> command = new ArrayList<>(List.of("dd", "if=" + from, "of=" + to, "bs=4M"));
    command.add("count=" + blocks);
    command.addAll(List.of(more));
    return Clocked.run(after(slowly, command.toArray())).seconds();
  }

  private static Object[] after(List<String> first, Object... command) {
    List<Object> line = new ArrayList<>(first);
    line.addAll(Arrays.asList(command));
    return line.toArray();
  }

  private Path source(long blocks) throws IOException {
    Path source = memory.resolve("source");
    if (!Files.exists(source)) {
      Program.run("dd", "if=/dev/urandom", "of=" + source, "bs=4M", "count=" + blocks).well();
    }
    return source;
  }

  /// Runs all in turn, several times; the best of each.
  @SafeVarargs
  private static List<Clocked> inTurn(int rounds, Supplier<Clocked>... works) {
    Clocked[] best = new Clocked[works.length];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < works.length; i++) {
        Clocked took = works[i].get();
        best[i] = best[i] == null ? took : best[i].best(took);
      }
    }
    return List.of(best);
  }

  private static void ratio(
      String work, Clocked ours, String against, Clocked theirs, double most) {
    Ratios.add(new Ratio(work, against, ours.seconds(), theirs.seconds(), "s", most));
  }

  /// On a straight line one more unit takes as long at the end as at the beginning.
  private static void growth(String work, List<Integer> sizes, List<Clocked> took) {
    int last = sizes.size() - 1;
    double atFirst = slope(sizes, took, 1);
    Ratios.add(
        new Ratio(work, "the same at the first step", slope(sizes, took, last), atFirst, "s", 1.1));
  }

  private static double slope(List<Integer> sizes, List<Clocked> took, int step) {
    return (took.get(step).seconds() - took.get(step - 1).seconds())
        / (sizes.get(step) - sizes.get(step - 1));
  }

  private static void memory(String work, Clocked took) {
    Ratios.add(new Ratio(work + ", memory", "400 MB", took.memory(), 400, "MB", 1));
  }

  // The lab

  private Clocked fresh(Path output, Object... arguments) {
    Program.run("rm", "-rf", output).well();
    return clocked(arguments);
  }

  private Clocked clocked(Object... arguments) {
    return Clocked.run(fieldlift(arguments));
  }

  private Program.Said run(Object... arguments) {
    return Program.run(fieldlift(arguments)).well();
  }

  private Object[] fieldlift(Object... arguments) {
    List<Object> command = new ArrayList<>();
    command.add("env");
    command.add("FIELDLIFT_HOME=" + disk.resolve("station"));
    command.add(Program.root().resolve("fieldlift"));
    command.addAll(Arrays.asList(arguments));
    return command.toArray();
  }

  private Object[] packing(Path tree, Path release) {
    return new Object[] {
      "release",
      "pack",
      tree,
      release,
      "--platform",
      "linux/arm64",
      "--key",
      disk.resolve("lab.key")
    };
  }

  private Path packed(Path tree, Path release) {
    run(packing(tree, release));
    return release;
  }

  private Path release(int megabytes) throws IOException {
    Path tree = tree(disk.resolve("tree"), megabytes, 10);
    return packed(tree, disk.resolve("release"));
  }

  /// A staged bundle: blobs that nothing makes smaller, and many small files.
  private static Path tree(Path folder, int megabytes, int small) throws IOException {
    Lab lab = new Lab(folder);
    lab.makeBundle(0);
    Path tree = lab.bundle();
    Path blobs = Files.createDirectories(tree.resolve("exports/blobs"));
    for (long done = 0, i = 0; done < megabytes * 1L << 20; done += BLOB, i++) {
      Files.write(blobs.resolve(Long.toString(i)), noise(i));
    }
    for (int i = 0; i < small; i++) {
      Path file = tree.resolve("packages/profiles/%02d/profile-%06d.yml".formatted(i % 100, i));
      if (i < 100) Files.createDirectories(file.getParent());
      Files.writeString(file, "gain: %d\nname: profile %d\n".formatted(i, i).repeat(20));
    }
    return tree;
  }

  private static byte[] noise(long seed) {
    byte[] noise = new byte[BLOB];
    new SplittableRandom(seed).nextBytes(noise);
    return noise;
  }

  private static int number(String variable, int usual) {
    String text = System.getenv(variable);
    return text == null ? usual : Integer.parseInt(text);
  }
}
