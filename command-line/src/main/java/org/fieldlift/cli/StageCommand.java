package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fieldlift.engine.FieldDesk.ImportOrder;
import org.fieldlift.field.ImportResult;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "stage",
    description = "Forklift's stage store on this device.",
    mixinStandardHelpOptions = true)
@Subcommands({StageCommand.ImportBundle.class})
final class StageCommand {

  @Command(
      name = "import-bundle",
      mixinStandardHelpOptions = true,
      description = {
        "Takes a release into the stage store, if it is genuine, meant for this device, and not"
            + " older than what it had.",
        "Exit code 3 when it is refused."
      },
      footer = {
        "%nExamples:",
        "  fieldlift stage import-bundle /media/FL-7K3QX2 --set-next",
        "  fieldlift stage import-bundle /media/FL-7K3QX2 /media/FL-9MPT4D        the drives of a"
            + " set, in any order",
        "  fieldlift stage import-bundle scope.forklift-bundle.tar.gz --stage-store"
            + " /var/lib/forklift/stages"
      })
  static final class ImportBundle implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(
        arity = "1..*",
        paramLabel = "PATH",
        description = "A release's file or folder, or the drives of a set.")
    List<Path> from;

    @Option(
        names = {"--stage-store", "--ss"},
        paramLabel = "DIR",
        description = "Default: FORKLIFT_STAGE_STORE, or the workspace's.")
    @Nullable Path stageStore;

    @Option(
        names = {"--workspace", "--ws"},
        paramLabel = "DIR",
        description = "Forklift's workspace. Default: FORKLIFT_WORKSPACE, or your home.")
    @Nullable Path workspace;

    @Option(names = "--platform", description = "What this device is (default: found out).")
    @Nullable String platform;

    @Option(names = "--set-next", description = "Make it the bundle that is applied next.")
    boolean setNext;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        ImportOrder order =
            new ImportOrder(
                from,
                StagePlace.stages(stageStore, workspace),
                platform == null ? StagePlace.platform() : platform,
                setNext);
        ImportResult result =
            Work.run(
                shared,
                "Importing",
                (progress, cancellation) ->
                    engine.field().importBundle(order, progress, cancellation));
        if (shared.json) shared.answer(json(result));
        return tell(result);
      });
    }

    private Exit tell(ImportResult result) {
      return switch (result) {
        case ImportResult.Imported imported -> {
          line(imported.verdict().words());
          line(
              "Imported %s as bundle %d%s."
                  .formatted(
                      PlainText.of(imported.label()),
                      imported.index(),
                      imported.next() ? ", to be applied next" : ""));
          yield Exit.DONE;
        }
        case ImportResult.AlreadyThere there -> {
          line(PlainText.of(there.label()) + " is already there as bundle " + there.index() + ".");
          yield Exit.DONE;
        }
        case ImportResult.Refused refused -> {
          shared.err().println("Refused. " + PlainText.of(refused.why()));
          shared.err().println(PlainText.of(refused.next()));
          yield switch (refused.refusal()) {
            case NO_SPACE, STORE_BUSY -> Exit.DRIVE_FAULT;
            case NOT_GENUINE, WRONG_KIND, WRONG_PLATFORM, OLDER, EXPIRED, DAMAGED ->
                Exit.NOT_GENUINE;
          };
        }
      };
    }

    private void line(String text) {
      if (!shared.json) shared.answer(text);
    }

    private static ObjectNode json(ImportResult result) {
      ObjectNode json = Json.object();
      switch (result) {
        case ImportResult.Imported imported ->
            json.put("result", "imported")
                .put("release", imported.release().hex())
                .put("index", imported.index())
                .put("bundle", imported.bundle().toString())
                .put("next", imported.next())
                .put("verdict", imported.verdict().words());
        case ImportResult.AlreadyThere there ->
            json.put("result", "already-there")
                .put("release", there.release().hex())
                .put("index", there.index());
        case ImportResult.Refused refused ->
            json.put("result", "refused")
                .put("refusal", refused.refusal().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("why", refused.why())
                .put("verdict", refused.verdict().words());
      }
      return json;
    }
  }
}
