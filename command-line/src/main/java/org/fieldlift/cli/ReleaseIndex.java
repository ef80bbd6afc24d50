package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fieldlift.engine.ReleaseDesk.Indexed;
import org.fieldlift.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

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
      Path index = folder.resolve("index.json");
      ObjectNode json = Json.object().put("written", index.toString()).put("releases", count);
      indexed.faults().forEach(json.putArray("faults")::add);
      shared.done(
          "Wrote %s with %s."
              .formatted(
                  index,
                  count == 0 ? "no release" : count == 1 ? "1 release" : count + " releases"),
          json);
      return Exit.DONE;
    });
  }
}
