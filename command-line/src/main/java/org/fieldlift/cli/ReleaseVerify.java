package org.fieldlift.cli;

import java.util.concurrent.Callable;
import org.fieldlift.engine.ReleaseDesk.Detail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Reads every byte of a release, compares it with what was signed, and says who signed,"
            + " when, and under which rule. Exit code 3 when it is not genuine.")
final class ReleaseVerify implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(paramLabel = "RELEASE", description = "An id, a product, product@version, or a path.")
  String release;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      Detail detail =
          Work.run(
              shared,
              "Verifying",
              (progress, cancellation) ->
                  engine.releases().verify(release, progress, cancellation));
      if (shared.json) shared.answer(ReleaseWords.json(detail));
      else words(detail);
      return detail.verdict().isGenuine() ? Exit.DONE : Exit.NOT_GENUINE;
    });
  }

  private void words(Detail detail) {
    shared.answer(detail.verdict().words());
    detail
        .row()
        .expiredSince()
        .ifPresent(end -> shared.answer("Expired " + ReleaseWords.expired(end) + "."));
  }
}
