package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fieldlift.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "join",
    mixinStandardHelpOptions = true,
    description =
        "Turns a directory form, or the drives of a set in any order, into the single file,"
            + " checking every byte on the way.",
    footer = {
      "%nExample:",
      "  fieldlift release join scope.tar.gz /media/FL-7K3QX2 /media/FL-9MPT4D"
    })
final class ReleaseJoin implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(index = "0", paramLabel = "OUT", description = "The single file; must not exist.")
  Path single;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FROM",
      description = "A directory form, or drives.")
  List<Path> from;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      Work.run(
          shared,
          "Joining",
          (progress, cancellation) -> {
            engine.releases().join(from, single, progress, cancellation);
            return single;
          });
      shared.done("Wrote " + single + ".", Json.object().put("written", single.toString()));
      return Exit.DONE;
    });
  }
}
