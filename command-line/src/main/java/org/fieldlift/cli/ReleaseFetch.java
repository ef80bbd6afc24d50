package org.fieldlift.cli;

import java.util.concurrent.Callable;
import org.fieldlift.engine.ReleaseDesk.Fetched;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.PlainText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description =
        "Brings a release onto this station. Only genuine ones come in; a broken fetch goes on"
            + " where it stopped.",
    footer = {
      "%nExamples:",
      "  fieldlift release fetch example.org/lab/scope             the newest",
      "  fieldlift release fetch example.org/lab/scope@2026.1.1",
      "  fieldlift release fetch example.org/lab/scope@2026.1.1+arm64   of several platforms",
      "  fieldlift release fetch ./scope.forklift-bundle.tar.gz"
    })
final class ReleaseFetch implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(paramLabel = "RELEASE", description = "An id, a product, product@version, or a path.")
  String release;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      Fetched fetched =
          Work.run(
              shared,
              "Fetching",
              (progress, cancellation) -> engine.releases().fetch(release, progress, cancellation));
      fetched.remarks().forEach(shared::say);
      Row row = fetched.row();
      if (shared.json) shared.answer(ReleaseWords.json(row));
      else shared.answer(row.id().hex());
      shared.say(
          "Here: "
              + PlainText.of(row.product() + " " + row.label())
              + ". "
              + row.verdict().map(verdict -> verdict.words()).orElse(""));
      return Exit.DONE;
    });
  }
}
