package org.fieldlift.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fieldlift.engine.DriveDesk.LaneState;
import org.fieldlift.engine.DriveDesk.Phase;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.engine.DriveDesk.Writing;
import org.fieldlift.engine.Engine;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.provision.Plan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "write",
    mixinStandardHelpOptions = true,
    description = {
      "Writes releases onto drives, reads everything back, and only then makes the drives valid.",
      "Everything that was on them is gone. What does not fit on one drive is split over several."
    },
    footer = {
      "%nExamples:",
      "  fieldlift drive write -r example.org/lab/scope --to stick.img --size 4GB     a virtual"
          + " drive",
      "  fieldlift drive write -r scope@2026.1.1 -d SCOPE-17 --to /dev/sdb --to /dev/sdc",
      "  fieldlift drive write -r scope --to /dev/sdb --dry-run                       only the plan"
    })
final class DriveWrite implements Callable<Integer> {
  @Mixin Shared shared;

  @Option(
      names = {"-r", "--release"},
      required = true,
      paramLabel = "RELEASE",
      description =
          "An id, a product (newest), or product@version; with +arm64 at its end where there are"
              + " several platforms. With devices, what suits them is taken. May be given again.")
  List<String> releases;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DRIVE",
      description = "A virtual drive's file or a block device. May be given again.")
  List<Path> drives;

  @Option(
      names = {"-d", "--device"},
      paramLabel = "ID",
      description = "A device the drives are for. May be given again.")
  List<String> devices = List.of();

  @Option(
      names = "--size",
      description = "Make virtual drives that do not exist yet, this large (64MB, 4GB).")
  @Nullable String size;

  @ArgGroup Spread spread = new Spread();

  /// How to use several drives.
  static final class Spread {
    @Option(names = "--each", description = "Every drive holds everything.")
    boolean each;

    @Option(
        names = "--together",
        description =
            "The drives travel together and share the load. Default: each when everything fits on"
                + " each, else together.")
    boolean together;

    Optional<Plan.Spread> chosen() {
      if (each) return Optional.of(Plan.Spread.EACH);
      return together ? Optional.of(Plan.Spread.TOGETHER) : Optional.empty();
    }
  }

  @Option(
      names = "--piece-size",
      paramLabel = "SIZE",
      description = "Largest file on the drives (default 2047MiB, at most 4095MiB).")
  @Nullable String pieceSize;

  @Option(
      names = "--allow-older",
      paramLabel = "REASON",
      description = "Deliver a release older than what a device has, or expired, and why.")
  @Nullable String reason;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Show the plan and write nothing.")
  boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Erase what is on the drives without asking.")
  boolean yes;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      requireDrives();
      Plan plan = engine.drives().plan(order());
      plan.remarks().forEach(shared::say);
      if (shared.json && dryRun) shared.answer(PlanWords.json(plan));
      else if (!shared.json) shared.answer(PlanWords.text(plan));
      if (!plan.fits()) {
        shared
            .err()
            .println(
                "Room for "
                    + ByteSize.text(plan.shortBy())
                    + " is missing. Add a drive, or a larger one.");
        return Exit.DRIVE_FAULT;
      }
      if (dryRun) return Exit.DONE;
      confirm(plan);
      return write(engine, plan);
    });
  }

  private Exit write(Engine engine, Plan plan) throws Exception {
    Writing writing =
        Work.run(
            shared,
            "Writing",
            (progress, cancellation) -> {
              Writing begun =
                  engine.drives().write(plan, reason == null ? "" : reason, progress, cancellation);
              begun.await();
              return begun;
            });
    List<LaneState> lanes = writing.lanes();
    boolean allDone = lanes.stream().allMatch(lane -> lane.phase() == Phase.DONE);
    if (shared.json) shared.answer(PlanWords.json(lanes));
    else lanes.forEach(lane -> shared.answer(PlanWords.text(lane)));
    Optional<Problem> unrecorded = writing.unrecorded();
    if (unrecorded.isPresent()) throw unrecorded.get();
    return allDone ? Exit.DONE : Exit.DRIVE_FAULT;
  }

  private PlanOrder order() throws Problem {
    return new PlanOrder(
        releases,
        devices,
        drives,
        size == null ? Optional.empty() : Optional.of(ByteSize.parse(size)),
        spread.chosen(),
        pieceSize == null ? Optional.empty() : Optional.of(ByteSize.parse(pieceSize)),
        reason != null,
        reason == null ? "" : reason);
  }

  private void requireDrives() throws Problem {
    for (Path drive : drives) {
      if (size != null || Files.exists(drive)) continue;
      throw Problem.usage(
          "There is no drive at " + PlainText.of(drive.toString()) + ".",
          "To make a virtual drive there, say how large: --size 4GB");
    }
  }

  /// One deliberate act before anything is lost.
  private void confirm(Plan plan) throws Problem {
    if (yes || plan.erased().isEmpty()) return;
    for (Plan.PlannedDrive drive : plan.erased()) {
      shared
          .err()
          .println(
              PlainText.of(drive.target().toString())
                  + " "
                  + drive.now().words()
                  + "; writing erases it.");
    }
    Optional<String> typed =
        Terminal.here().map(console -> console.readLine("Type ERASE to go on: "));
    if (!typed.equals(Optional.of("ERASE"))) {
      throw Problem.usage("Nothing was written.", "Type ERASE when asked, or give --yes.");
    }
  }
}
