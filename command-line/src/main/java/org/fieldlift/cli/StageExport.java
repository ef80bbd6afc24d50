package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fieldlift.engine.BundleDesk.ExportOrder;
import org.fieldlift.engine.BundleDesk.Exported;
import org.fieldlift.engine.Engine;
import org.fieldlift.export.Item;
import org.fieldlift.export.Planned;
import org.fieldlift.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

@Command(
    name = "export-bundle",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a release of a staged bundle, with everything a device without internet needs: git"
          + " mirrors, required pallets, downloads and container images.",
      "What the caches of this computer lack is fetched. The stage store and the workspace are not"
          + " changed."
    },
    footer = {
      "%nExamples:",
      "  fieldlift stage export-bundle next scope.forklift-bundle.tar.gz \\",
      "      --platform linux/arm64 --key lab.key",
      "  fieldlift stage export-bundle 7 scope.forklift-bundle/              a folder, not one"
          + " file",
      "  fieldlift stage export-bundle 7 releases/ --reuse releases/scope-6  packs what changed",
      "  fieldlift stage export-bundle 7 out.tar.gz --dry-run                what it needs, and"
          + " lacks"
    })
final class StageExport implements Callable<Integer> {
  @Mixin Shared shared;
  @Mixin ExportOptions options;

  @Parameters(
      index = "0",
      paramLabel = "ID|NAME",
      description = "A bundle of the stage store: its number, next, current, rollback, or a name.")
  String bundle;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description =
          "A single file when it ends in .tar.gz, else a directory form. In a folder that exists, a"
              + " file of the release's usual name.")
  Path output;

  @Mixin StageStoreOption stageStore;

  @Option(names = "--dry-run", description = "Only say what it needs, and what is missing here.")
  boolean dryRun;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      ExportOrder order = options.order(output);
      Path stages = stageStore.stages(options.workspace);
      return dryRun ? survey(engine, order, stages) : export(engine, order, stages);
    });
  }

  private Exit export(Engine engine, ExportOrder order, Path stages) throws Exception {
    Exported exported =
        Work.run(
            shared,
            "Exporting",
            (progress, cancellation) ->
                engine.bundles().exportStaged(bundle, stages, order, progress, cancellation));
    options.tell(shared, exported);
    return Exit.DONE;
  }

  private Exit survey(Engine engine, ExportOrder order, Path stages) throws Exception {
    List<Planned> items = engine.bundles().plan(bundle, stages, order);
    if (shared.json) {
      ArrayNode json = Json.array();
      for (Planned each : items) {
        json.addObject()
            .put("kind", word(each.item()))
            .put("name", each.item().name())
            .put("place", each.item().place())
            .put("state", state(each));
      }
      shared.answer(json);
    } else if (items.isEmpty()) {
      shared.say("It goes alone; nothing is brought along.");
    } else {
      Table table = new Table("WHAT", "NAME", "STATE");
      for (Planned each : items) {
        table.row(word(each.item()), each.item().name(), state(each));
      }
      shared.answer(table.toString());
    }
    boolean lacks = items.stream().anyMatch(each -> each.fate() == Planned.Fate.MISSING);
    return lacks ? Exit.FAILED : Exit.DONE;
  }

  private static String word(Item item) {
    return item.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String state(Planned planned) {
    return switch (planned.fate()) {
      case HERE -> "here";
      case FETCHED -> "to be fetched";
      case LEFT_OUT -> "left out";
      case MISSING -> "missing";
    };
  }
}
