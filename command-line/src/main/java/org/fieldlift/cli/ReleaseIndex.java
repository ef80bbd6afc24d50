package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fieldlift.engine.ReleaseDesk.Indexed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "index",
    mixinStandardHelpOptions = true,
    description =
        "Writes index.json for a folder of releases, so that any web server can be a source.",
    footer = {"%nExample:", "  fieldlift release index /srv/www/releases"})
final class ReleaseIndex implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(paramLabel = "FOLDER", description = "The folder with releases in it.")
  Path folder;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      Indexed indexed = engine.releases().writeIndex(folder);
      indexed.faults().forEach(shared::say);
      int count = indexed.releases();
      shared.say(
          "Wrote %s with %s."
              .formatted(
                  folder.resolve("index.json"),
                  count == 0 ? "no release" : count == 1 ? "1 release" : count + " releases"));
      return Exit.DONE;
    });
  }
}
