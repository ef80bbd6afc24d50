package org.fieldlift.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fieldlift.engine.DriveDesk.Tile;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ArrayNode;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the virtual drives of this station and what they hold.",
    footer = {"%nExample:", "  fieldlift drive list"})
final class DriveList implements Callable<Integer> {
  @Mixin Shared shared;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      List<Tile> drives = engine.drives().list();
      if (shared.json) {
        ArrayNode all = Json.array();
        for (Tile drive : drives) {
          all.addObject()
              .put("path", drive.path().toString())
              .put("code", drive.code())
              .put("size", drive.size())
              .put("used", drive.used())
              .put("holds", drive.holds().name().toLowerCase(Locale.ROOT))
              .put("words", drive.words());
        }
        shared.answer(all);
      } else if (drives.isEmpty()) {
        shared.say("There is no virtual drive yet. drive write --to FILE --size 4GB makes one.");
      } else {
        Table table = new Table("CODE", "SIZE", "PATH", "STATE");
        for (Tile drive : drives) {
          table.row(
              drive.code(), ByteSize.text(drive.size()), drive.path().toString(), drive.words());
        }
        shared.answer(table.toString());
      }
      return Exit.DONE;
    });
  }
}
