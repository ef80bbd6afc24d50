package org.fieldlift.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fieldlift.engine.Engine;
import org.fieldlift.engine.FleetDesk.Format;
import org.fieldlift.io.Json;
import org.fieldlift.ledger.State;
import org.fieldlift.ledger.State.ManifestRow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "manifest",
    description = "Which devices received which version.",
    mixinStandardHelpOptions = true)
@Subcommands({ManifestCommand.Show.class, ManifestCommand.Export.class})
final class ManifestCommand {

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows the manifest.",
      footer = {"%nExample:", "  fieldlift manifest show"})
  static final class Show implements Callable<Integer> {
    @Mixin Shared shared;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        if (shared.json) shared.out().print(Json.shown(text(engine, Format.JSON)));
        else shared.answer(table(engine));
        engine.fleet().state().conflicts().forEach(shared::say);
        return Exit.DONE;
      });
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes the manifest to a file, or to standard output.",
      footer = {"%nExample:", "  fieldlift manifest export --format csv fleet.csv"})
  static final class Export implements Callable<Integer> {
    @Mixin Shared shared;

    @Option(
        names = "--format",
        defaultValue = "JSON",
        description = "json or csv (default: ${DEFAULT-VALUE}).")
    Format format;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Where to write it.")
    @Nullable Path file;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        Path target = file;
        if (target != null) {
          engine.fleet().exportManifest(format, target);
          shared.done("Wrote " + target + ".", Json.object().put("written", target.toString()));
          return Exit.DONE;
        }
        String document = text(engine, format);
        switch (format) {
          case JSON -> shared.out().print(Json.shown(document));
          case CSV -> {
            if (shared.json) shared.answer(Json.object().put("csv", document));
            else shared.out().print(document);
          }
        }
        return Exit.DONE;
      });
    }
  }

  /// The manifest as people read it.
  static String table(Engine engine) throws Exception {
    Table table = new Table("DEVICE", "SITE", "HAS", "HOW SURE", "SINCE", "ON THE WAY");
    State state = engine.fleet().state();
    for (ManifestRow row : state.manifest()) {
      boolean arrived =
          row.has().isPresent()
              && row.delivery()
                  .map(each -> each.release().equals(row.has().get().id()))
                  .orElse(false);
      table.row(
          row.device().id(),
          row.device().site(),
          row.has().map(each -> each.product() + " " + each.version()).orElse("nothing known"),
          arrived ? row.delivery().map(each -> word(each.sureness())).orElse("") : "",
          row.delivery().map(each -> each.since().toString().substring(0, 10)).orElse(""),
          row.delivery().filter(each -> !arrived).map(each -> onTheWay(each, state)).orElse(""));
    }
    if (table.isEmpty()) return "No device is known yet. Add one with: fieldlift device add ID";
    return table.toString();
  }

  /// By name, where a station whose events are here admitted it.
  private static String onTheWay(State.Delivery delivery, State state) {
    State.KnownRelease known = state.releases().get(delivery.release());
    String name =
        known == null ? delivery.release().brief() : known.product() + " " + known.version();
    return name + ", " + word(delivery.state());
  }

  private static String text(Engine engine, Format format) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    engine.fleet().exportManifest(format, bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
