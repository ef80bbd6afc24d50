package org.fieldlift.cli;

import java.util.concurrent.Callable;
import org.fieldlift.io.ByteSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Removes a release from this station; the ledger still knows it.")
final class ReleaseRemove implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(paramLabel = "RELEASE", description = "An id, or product@version.")
  String release;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      shared.say("Freed " + ByteSize.text(engine.releases().remove(release)) + ".");
      return Exit.DONE;
    });
  }
}
