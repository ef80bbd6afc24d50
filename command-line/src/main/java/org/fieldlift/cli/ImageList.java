package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.Kept;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the container images of this station, or of an OCI image layout.")
final class ImageList implements Callable<Integer> {
  @Mixin Shared shared;

  @Option(
      names = "--layout",
      paramLabel = "DIR",
      description = "An OCI image layout instead of this station's cache.")
  @Nullable Path layout;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      List<Kept> images = engine.images().list(layout);
      if (shared.json) {
        ArrayNode all = Json.array();
        images.forEach(image -> all.add(ImageWords.json(image)));
        shared.answer(all);
      } else if (images.isEmpty()) {
        shared.say(
            "There is no image here yet. Copy one with: fieldlift image cache --platform P REF");
      } else {
        shared.answer(table(images).toString());
      }
      return tellBroken(images);
    });
  }

  private static Table table(List<Kept> images) {
    Table table = new Table("IMAGE", "PLATFORM", "DIGEST", "SIZE");
    for (Kept each : images) {
      switch (each) {
        case Kept.Whole(Image image) ->
            table.row(
                image.reference().text(),
                image.platform(),
                image.target().digest().brief(),
                ByteSize.text(image.size()));
        case Kept.Broken broken ->
            table.row(
                broken.reference().text(),
                broken.platform(),
                broken.target().digest().brief(),
                "broken");
      }
    }
    return table;
  }

  private Exit tellBroken(List<Kept> images) {
    Exit worst = Exit.DONE;
    for (Kept each : images) {
      if (!(each instanceof Kept.Broken broken)) continue;
      shared.err().println(PlainText.lines(broken.reference() + ": " + broken.problem().what()));
      shared.say(broken.problem().next());
      worst = Exit.of(broken.problem().kind());
    }
    return worst;
  }
}
