package org.fieldlift.cli;

import java.util.concurrent.Callable;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    description = "Removes parts no release needs, and what broken fetches left.",
    footer = {"%nExample:", "  fieldlift release prune"})
final class ReleasePrune implements Callable<Integer> {
  @Mixin Shared shared;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      long freed = engine.releases().prune();
      shared.done("Freed " + ByteSize.text(freed) + ".", Json.object().put("freed", freed));
      return Exit.DONE;
    });
  }
}
