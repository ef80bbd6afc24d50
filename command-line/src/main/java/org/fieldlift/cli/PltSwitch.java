package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fieldlift.engine.FieldDesk.SwitchOrder;
import org.fieldlift.field.SwitchResult;
import org.fieldlift.forklift.pallet.Restored;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "switch",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a release's pallet the local pallet again, a git clone that can be changed and staged,"
          + " and brings its caches back to where Forklift looks for them. Needs no network.",
      "What the caches have already stays. A local pallet with changes, submodules, or commits that"
          + " exist nowhere else is not replaced without --force. Files that git ignores go with"
          + " the old pallet, and so do its hooks and settings. Exit code 3 when the release is"
          + " refused, 4 when a drive is missing or damaged."
    },
    footer = {
      "%nExamples:",
      "  fieldlift plt switch --from-bundle /media/FL-7K3QX2",
      "  fieldlift plt switch --from-bundle scope.forklift-bundle.tar.gz",
      "  fieldlift plt switch --from-bundle current      a staged bundle that kept its caches"
    })
final class PltSwitch implements Callable<Integer> {
  @Mixin Shared shared;
  @Mixin DevicePlace place;

  @Option(
      names = "--from-bundle",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "A release's file or folder, the drives of a set, or a bundle of the stage store by its"
              + " number or name.")
  List<Path> from;

  @Option(
      names = {"-r", "--release"},
      paramLabel = "RELEASE",
      description = "Which to take, where several are there: an id, a product, product@version.")
  @Nullable String release;

  @Option(
      names = "--force",
      description = "Give up the local pallet's changes, commits and submodules.")
  boolean force;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      SwitchOrder order =
          new SwitchOrder(
              from,
              Optional.ofNullable(release),
              place.workspace(),
              place.stages(),
              place.platform(),
              force);
      SwitchResult result =
          Work.run(
              shared,
              "Switching",
              (progress, cancellation) ->
                  engine.field().switchPallet(order, progress, cancellation));
      return switch (result) {
        case SwitchResult.Switched switched -> tell(switched);
        case SwitchResult.Refused refused -> {
          if (shared.json) shared.answer(ImportWords.json(refused.refusal()));
          yield ImportWords.refuse(shared, refused.refusal());
        }
      };
    });
  }

  private Exit tell(SwitchResult.Switched switched) {
    if (shared.json) {
      ObjectNode json = Json.object();
      json.put("version", switched.version()).put("pallet", switched.pallet().toString());
      ArrayNode caches = json.putArray("caches");
      for (Restored each : switched.restored()) {
        caches
            .addObject()
            .put("kind", each.kind())
            .put("name", each.name())
            .put("state", each.state().name().toLowerCase(Locale.ROOT));
      }
      shared.answer(json);
      return Exit.DONE;
    }
    Table table = new Table("CACHE", "NAME", "STATE");
    for (Restored each : switched.restored()) {
      table.row(each.kind(), each.name(), each.state().name().toLowerCase(Locale.ROOT));
    }
    if (!table.isEmpty()) shared.answer(table.toString());
    shared.answer(
        "The local pallet "
            + switched.pallet()
            + " is at "
            + PlainText.of(switched.version())
            + " now. Stage it with: forklift plt stage --cache-img=false");
    return Exit.DONE;
  }
}
