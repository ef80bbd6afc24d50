package org.fieldlift.cli;

import java.util.concurrent.Callable;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Removes a release from this station; the ledger still knows it.",
    footer = {"%nExample:", "  fieldlift release remove scope@2026.1.1"})
final class ReleaseRemove implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(
      paramLabel = "RELEASE",
      description = "An id, or product@version; a product, where it is here in one version.")
  String release;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      long freed = engine.releases().remove(release);
      shared.done("Freed " + ByteSize.text(freed) + ".", Json.object().put("freed", freed));
      return Exit.DONE;
    });
  }
}
