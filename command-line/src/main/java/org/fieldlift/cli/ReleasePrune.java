package org.fieldlift.cli;

import java.util.concurrent.Callable;
import org.fieldlift.io.ByteSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    description = "Removes parts no release needs, and what broken fetches left.")
final class ReleasePrune implements Callable<Integer> {
  @Mixin Shared shared;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      shared.say("Freed " + ByteSize.text(engine.releases().prune()) + ".");
      return Exit.DONE;
    });
  }
}
