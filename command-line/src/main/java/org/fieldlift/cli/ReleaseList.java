package org.fieldlift.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.engine.ReleaseDesk.Where;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists releases on this station, and with --look what its sources have.",
    footer = {
      "%nExamples:",
      "  fieldlift release list",
      "  fieldlift release list --look     also asks the sources"
    })
final class ReleaseList implements Callable<Integer> {
  @Mixin Shared shared;

  @Option(names = "--look", description = "Ask every source what it has.")
  boolean look;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      if (look) {
        Work.run(shared, "Looking at the sources", engine.releases()::lookForNew)
            .forEach(shared::say);
      }
      List<Row> rows = engine.releases().list();
      if (shared.json) {
        ArrayNode all = Json.array();
        rows.forEach(row -> all.add(ReleaseWords.json(row)));
        shared.answer(all);
      } else if (rows.isEmpty()) {
        shared.say(
            "There is no release here yet. Add a source with: fieldlift source add NAME"
                + " FOLDER_OR_URL");
      } else {
        Table table = new Table("ID", "PRODUCT", "VERSION", "PLATFORM", "SIZE", "VERDICT", "WHERE");
        for (Row row : rows) {
          table.row(
              row.id().brief(),
              row.product(),
              row.label(),
              row.platform(),
              ByteSize.text(row.size()),
              ReleaseWords.word(row),
              row.where() == Where.HERE ? "here" : "at " + row.source());
        }
        shared.answer(table.toString());
      }
      return Exit.DONE;
    });
  }
}
