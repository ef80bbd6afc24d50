package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fieldlift.engine.DriveDesk.Contents;
import org.fieldlift.engine.DriveDesk.HeldFile;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows what a drive of ours says of itself.",
    footer = {
      "%nExamples:",
      "  fieldlift drive show /media/FL-7K3QX2",
      "  fieldlift drive show stick.img"
    })
final class DriveShow implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(
      paramLabel = "DRIVE",
      description = "A virtual drive, a block device, or the folder where a drive is mounted.")
  Path drive;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      Contents contents = engine.drives().show(drive);
      if (shared.json) shared.answer(json(contents));
      else shared.answer(text(contents));
      return Exit.DONE;
    });
  }

  private static String text(Contents contents) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Drive       %s, %d of %d\n"
            .formatted(PlainText.of(contents.code()), contents.number(), contents.of()));
    text.append(
        "Written     %s by %s, %s\n"
            .formatted(contents.time(), PlainText.of(contents.station()), contents.signature()));
    contents
        .releases()
        .forEach(release -> text.append("Release     ").append(PlainText.of(release)).append('\n'));
    if (!contents.devices().isEmpty()) {
      text.append("For         ")
          .append(PlainText.of(String.join(", ", contents.devices())))
          .append('\n');
    }
    long bytes = contents.files().stream().mapToLong(HeldFile::size).sum();
    return text.append(
            "Files       %d, %s".formatted(contents.files().size(), ByteSize.text(bytes)))
        .toString();
  }

  private static ObjectNode json(Contents contents) {
    ObjectNode json = Json.object();
    json.put("code", contents.code()).put("set", contents.set());
    json.put("number", contents.number()).put("of", contents.of());
    json.put("station", contents.station()).put("time", contents.time());
    json.put("signature", contents.signature());
    ArrayNode releases = json.putArray("releases");
    contents.releases().forEach(releases::add);
    ArrayNode devices = json.putArray("devices");
    contents.devices().forEach(devices::add);
    ArrayNode files = json.putArray("files");
    for (HeldFile file : contents.files()) {
      files
          .addObject()
          .put("path", file.path())
          .put("size", file.size())
          .put("sha256", file.sha256().hex());
    }
    return json;
  }
}
