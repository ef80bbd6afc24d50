package org.fieldlift.cli;

import java.util.concurrent.Callable;
import org.fieldlift.engine.ReleaseDesk.Detail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows what a release is and who signed it, without reading all of it.",
    footer = {
      "%nExamples:",
      "  fieldlift release show example.org/lab/scope",
      "  fieldlift release show scope.forklift-bundle.tar.gz"
    })
final class ReleaseShow implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(paramLabel = "RELEASE", description = "An id, a product, product@version, or a path.")
  String release;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      Detail detail = engine.releases().show(release);
      if (shared.json) shared.answer(ReleaseWords.json(detail));
      else shared.answer(ReleaseWords.text(detail));
      return Exit.DONE;
    });
  }
}
