package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import org.fieldlift.oci.Image;
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
      List<Image> images = engine.images().list(layout);
      if (shared.json) {
        ArrayNode all = Json.array();
        images.forEach(image -> all.add(ImageWords.json(image)));
        shared.answer(all);
      } else if (images.isEmpty()) {
        shared.say(
            "There is no image here yet. Copy one with: fieldlift image cache --platform P REF");
      } else {
        Table table = new Table("IMAGE", "PLATFORM", "DIGEST", "SIZE");
        for (Image image : images) {
          table.row(
              image.reference().text(),
              image.platform(),
              image.target().digest().brief(),
              ByteSize.text(image.size()));
        }
        shared.answer(table.toString());
      }
      return Exit.DONE;
    });
  }
}
