package org.fieldlift.cli;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.engine.Engine;
import org.fieldlift.engine.FieldDesk.DockerOrder;
import org.fieldlift.engine.FieldDesk.ImportOrder;
import org.fieldlift.engine.ReleaseDesk.Detail;
import org.fieldlift.engine.ReleaseDesk.PackOrder;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.engine.TrustDesk.RuleOrder;
import org.fieldlift.field.CachesKept;
import org.fieldlift.field.ImportResult;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan;
import org.fieldlift.release.Release;
import org.fieldlift.trust.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Does the whole job on this computer, with files instead of drives.",
      "It makes a release, signs it, serves it, fetches and checks it, splits it over two drives,",
      "writes and reads them back, imports it at a device, and shows the manifest. Needs no"
          + " server,",
      "no rights, no hardware."
    },
    footer = {"%nExamples:", "  fieldlift demo", "  fieldlift demo /tmp/fieldlift-demo"})
final class DemoCommand implements Callable<Integer> {
  private static final String MARK = ".fieldlift-demo";
  private static final char[] PASSWORD = "demo".toCharArray();
  private static final String DEVICE = "SCOPE-17";

  @Mixin Shared shared;

  @Parameters(
      paramLabel = "DIR",
      defaultValue = "fieldlift-demo",
      description =
          "Where to do it (default: ${DEFAULT-VALUE}). An earlier demo there is replaced.")
  Path folder;

  private final Progress progress = new Progress("Demo");
  private final Cancellation cancellation = new Cancellation();
  private int step;

  @Override
  public Integer call() throws Exception {
    if (shared.home != null) {
      throw Problem.usage(
          "The demo makes a station of its own and leaves yours alone.",
          "Leave --home away; name where to do it with: fieldlift demo DIR");
    }
    Path root = freshFolder(folder.toAbsolutePath().normalize());
    long start = System.nanoTime();
    ObjectNode answer = Json.object().put("folder", root.toString());
    try (Engine engine = Engine.open(root.resolve("station"))) {
      Detail packed = pack(engine, root);
      String release = packed.row().id().hex();
      Row fetched = fetch(engine, root);
      Plan plan = plan(engine, root, fetched);
      write(engine, plan);
      importAtDevice(engine, root, plan);
      engine.fleet().report(DEVICE, release, DeliveryState.IMPORTED, "seen in the demo");
      done("The manifest: which device received which version", System.nanoTime(), List.of());
      ManifestCommand.table(engine).lines().forEach(line -> tell("     " + line));
      answer.put("station", engine.home().toString()).put("release", release);
      ArrayNode drives = answer.putArray("drives");
      plan.used().forEach(drive -> drives.add(drive.target().toString()));
    }
    tell("");
    tell("Done in " + Work.seconds(Duration.ofNanos(System.nanoTime() - start)) + ".");
    next(root).forEach(this::tell);
    if (shared.json) shared.answer(answer);
    return Exit.DONE.code();
  }

  /// The tale is the answer, unless a program asked.
  private void tell(String line) {
    if (shared.json) shared.say(line);
    else shared.answer(line);
  }

  private Detail pack(Engine engine, Path root) throws IOException {
    long start = System.nanoTime();
    Path bundle = root.resolve("bundle");
    DemoPallet.make(bundle);
    done("Made a staged bundle, as Forklift would", start, List.of(bundle.toString()));

    start = System.nanoTime();
    Path key = root.resolve("lab");
    engine.trust().newKey(key, PASSWORD);
    Detail packed =
        engine
            .releases()
            .pack(
                new PackOrder(
                    bundle,
                    root.resolve("www/microscope-1.2.0.forklift-bundle"),
                    Release.Kind.FORKLIFT_BUNDLE,
                    null,
                    null,
                    DemoPallet.SEQUENCE,
                    DemoPallet.PLATFORM,
                    null,
                    "Stacks up to 40 focus planes on the device.\n",
                    Path.of(key + ".key"),
                    PASSWORD),
                progress,
                cancellation);
    engine.releases().writeIndex(root.resolve("www"));
    done(
        "Packed and signed it",
        start,
        List.of(
            "%s, %d entries"
                .formatted(ByteSize.text(packed.row().size()), packed.release().entries().size())));
    return packed;
  }

  private Row fetch(Engine engine, Path root) throws IOException {
    long start = System.nanoTime();
    engine
        .trust()
        .trustKey(
            new RuleOrder("demo-releases", "example.org/demo/*", false), root.resolve("lab.pub"));
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            root.resolve("www"),
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      engine.sources().add("demo", address);
      Row row = engine.releases().fetch(DemoPallet.PRODUCT, progress, cancellation).row();
      done(
          "Fetched it from " + address + " and checked every byte",
          start,
          List.of(row.verdict().map(Verdict::words).orElse("")));
      return row;
    } finally {
      server.stop(0);
      engine.sources().remove("demo");
    }
  }

  private Plan plan(Engine engine, Path root, Row release) throws IOException {
    long start = System.nanoTime();
    engine
        .fleet()
        .addDevice(new Device(DEVICE, "Deck microscope", "RV Meridian", DemoPallet.PLATFORM, ""));
    List<Path> drives = List.of(root.resolve("drive-1.img"), root.resolve("drive-2.img"));
    engine.drives().addVirtual(drives.get(0), ByteSize.parse("80MB"));
    engine.drives().addVirtual(drives.get(1), ByteSize.parse("64MB"));
    Plan plan =
        engine
            .drives()
            .plan(
                new PlanOrder(
                    List.of(release.id().hex()),
                    List.of(DEVICE),
                    drives,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    ""));
    done(
        "Planned it for two drives of different size",
        start,
        plan.used().stream()
            .map(drive ->
                "%s (%s): %d pieces, %s"
                    .formatted(
                        drive.code(),
                        ByteSize.text(drive.size()),
                        drive.pieces().size(),
                        ByteSize.text(drive.bytes())))
            .toList());
    return plan;
  }

  private void write(Engine engine, Plan plan) throws Exception {
    long start = System.nanoTime();
    List<LaneState> lanes = engine.drives().write(plan, "", progress, cancellation).await();
    for (LaneState lane : lanes) {
      if (lane.phase() != Phase.DONE) throw Problem.drive(lane.message(), lane.next());
    }
    done(
        "Wrote both drives at once and read everything back",
        start,
        lanes.stream().map(PlanWords::text).toList());
  }

  private void importAtDevice(Engine engine, Path root, Plan plan) throws IOException {
    long start = System.nanoTime();
    Path stages = root.resolve("device/stages");
    Files.createDirectories(stages);
    List<Path> drives = plan.used().stream().map(Plan.PlannedDrive::target).toList();
    ImportResult result =
        engine
            .field()
            .importBundle(
                new ImportOrder(
                    drives,
                    Optional.empty(),
                    stages,
                    DemoPallet.PLATFORM,
                    true,
                    CachesKept.KEEP,
                    DockerOrder.NONE),
                progress,
                cancellation);
    if (!(result instanceof ImportResult.Imported imported)) {
      throw Problem.failed("The demo device did not take the release: " + result, "Report this.");
    }
    done(
        "Imported it at a demo device, without a network",
        start,
        List.of(
            "bundle %d, to be applied next: %s".formatted(imported.index(), imported.bundle())));
  }

  private void done(String what, long start, List<String> details) {
    String time = Work.seconds(Duration.ofNanos(System.nanoTime() - start));
    tell("%2d.  %-66s %7s".formatted(++step, what, time));
    details.forEach(detail -> tell("     " + detail));
  }

  private List<String> next(Path root) {
    String home = " --home " + root.resolve("station");
    return List.of(
        "Everything lies in " + root + ".",
        "",
        "Try next:",
        "  ./fieldlift drive show " + root.resolve("drive-1.img") + home,
        "  ./fieldlift drive verify "
            + root.resolve("drive-1.img")
            + " "
            + root.resolve("drive-2.img")
            + home,
        "  ./fieldlift release show " + DemoPallet.PRODUCT + home,
        "  ./fieldlift ledger check" + home,
        "  ./fieldlift desktop" + home);
  }

  /// An empty folder of our own; whatever is not an earlier demo is left alone.
  private static Path freshFolder(Path root) throws IOException {
    if (Files.exists(root)) {
      if (!Files.exists(root.resolve(MARK))) {
        throw Problem.usage(
            root + " exists and is no earlier demo.", "Name another folder: fieldlift demo DIR");
      }
      try (var files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
      }
    }
    Files.createDirectories(root);
    Files.writeString(root.resolve(MARK), "Made by fieldlift demo; it may be deleted.\n");
    return root;
  }
}
