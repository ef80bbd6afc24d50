package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fieldlift.engine.Engine;
import org.fieldlift.engine.FieldDesk.ImportOrder;
import org.fieldlift.field.CachesKept;
import org.fieldlift.field.Foreseen;
import org.fieldlift.field.ImportPlan;
import org.fieldlift.field.ImportResult;
import org.fieldlift.io.PlainText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import-bundle",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a release into the stage store, if it is genuine, meant for this device, and not"
          + " older than what it had.",
      "Its container images are loaded into Docker and found there before the bundle becomes the"
          + " next one. Exit code 3 when it is refused, 4 when a"
          + " drive is missing or damaged."
    },
    footer = {
      "%nExamples:",
      "  fieldlift stage import-bundle /media/FL-7K3QX2 --set-next",
      "  fieldlift stage import-bundle /media/FL-7K3QX2 /media/FL-9MPT4D        the drives of a"
          + " set, in any order",
      "  fieldlift stage import-bundle /media/FL-7K3QX2 --dry-run               what it would"
          + " change here",
      "  fieldlift stage import-bundle scope.forklift-bundle.tar.gz --stage-store"
          + " /var/lib/forklift/stages"
    })
final class StageImport implements Callable<Integer> {
  @Mixin Shared shared;
  @Mixin DevicePlace place;
  @Mixin DockerOptions docker;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "A release's file or folder, or the drives of a set.")
  List<Path> from;

  @Option(
      names = {"-r", "--release"},
      paramLabel = "RELEASE",
      description = "Which to take, where several are there: an id, a product, product@version.")
  @Nullable String release;

  @Option(names = "--set-next", description = "Make it the bundle that is applied next.")
  boolean setNext;

  @Option(
      names = "--keep-caches",
      arity = "0..1",
      defaultValue = "LINK",
      fallbackValue = "KEEP",
      paramLabel = "keep|link|drop",
      description =
          "What becomes of the caches it brings: keep them in the bundle; link them, so that image"
              + " layers many bundles have take room once; or drop them when the images are loaded"
              + " (default: link).")
  CachesKept caches;

  @Option(names = "--dry-run", description = "Check everything, say what would change, and stop.")
  boolean dryRun;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      ImportOrder order =
          new ImportOrder(
              from,
              Optional.ofNullable(release),
              place.stages(),
              place.platform(),
              setNext,
              caches,
              docker.order());
      return dryRun ? foresee(engine, order) : bringIn(engine, order);
    });
  }

  private Exit bringIn(Engine engine, ImportOrder order) throws Exception {
    ImportResult result =
        Work.run(
            shared,
            "Importing",
            (progress, cancellation) -> engine.field().importBundle(order, progress, cancellation));
    if (shared.json) shared.answer(ImportWords.json(result));
    return switch (result) {
      case ImportResult.Imported imported -> {
        line(imported.verdict().words());
        line(
            "Imported %s as bundle %d%s."
                .formatted(
                    PlainText.of(imported.label()),
                    imported.index(),
                    imported.next() ? ", to be applied next" : ""));
        ImportWords.images(imported.images()).forEach(this::line);
        yield Exit.DONE;
      }
      case ImportResult.AlreadyThere there -> {
        line(
            "%s is already there as bundle %d%s."
                .formatted(
                    PlainText.of(there.label()),
                    there.index(),
                    there.next() ? ", to be applied next" : ""));
        ImportWords.images(there.images()).forEach(this::line);
        yield Exit.DONE;
      }
      case ImportResult.Refused refused -> ImportWords.refuse(shared, refused);
    };
  }

  private Exit foresee(Engine engine, ImportOrder order) throws Exception {
    Foreseen foreseen =
        Work.run(
            shared,
            "Checking",
            (progress, cancellation) -> engine.field().foresee(order, progress, cancellation));
    if (shared.json) shared.answer(ImportWords.json(foreseen));
    return switch (foreseen) {
      case ImportPlan plan -> {
        ImportWords.plan(plan).forEach(this::line);
        yield plan.lack().isEmpty() ? Exit.DONE : Exit.DRIVE_FAULT;
      }
      case Foreseen.Refused(ImportResult.Refused refused) -> ImportWords.refuse(shared, refused);
    };
  }

  private void line(String text) {
    if (!shared.json) shared.answer(text);
  }
}
