package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fieldlift.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "split",
    mixinStandardHelpOptions = true,
    description =
        "Turns a single-file release into the directory form, checking every byte on the way.",
    footer = {
      "%nExample:",
      "  fieldlift release split scope.forklift-bundle.tar.gz scope.forklift-bundle/"
    })
final class ReleaseSplit implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(index = "0", paramLabel = "FILE", description = "The single file.")
  Path single;

  @Parameters(
      index = "1",
      paramLabel = "DIRECTORY",
      description = "Where the parts go; must not exist.")
  Path directory;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      Work.run(
          shared,
          "Splitting",
          (progress, cancellation) -> {
            engine.releases().split(single, directory, progress, cancellation);
            return directory;
          });
      shared.done("Wrote " + directory + ".", Json.object().put("written", directory.toString()));
      return Exit.DONE;
    });
  }
}
