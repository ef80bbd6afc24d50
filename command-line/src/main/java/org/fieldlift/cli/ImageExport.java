package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fieldlift.engine.ImageDesk.Format;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.oci.Image;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes images into one tar, for docker load, containerd, skopeo or crane.",
    footer = {
      "%nExamples:",
      "  fieldlift image export alpine:3.20 alpine.tar                        for docker load",
      "  fieldlift image export --format oci alpine:3.20 ghcr.io/lab/app:1.0 images.tar"
    })
final class ImageExport implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(
      paramLabel = "REF… OUT.tar",
      arity = "2..*",
      description = "Images that are here, then the file to write.")
  List<String> words;

  @Option(
      names = "--layout",
      paramLabel = "DIR",
      description = "An OCI image layout instead of this station's cache.")
  @Nullable Path layout;

  @Option(
      names = "--platform",
      paramLabel = "P",
      description =
          "The platform, where an image is here for several: linux/arm64. A docker-archive can hold"
              + " one of them only.")
  @Nullable String platform;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = ImageFormat.class,
      description =
          "docker-archive: for every Docker, but by tag only (default). oci: with all digests.")
  Format format = Format.DOCKER_ARCHIVE;

  @Override
  public Integer call() throws Exception {
    List<String> references = words.subList(0, words.size() - 1);
    Path output = Path.of(words.getLast());
    return shared.station(engine -> {
      List<Image> images =
          Work.run(
              shared,
              "Writing images",
              (progress, cancellation) ->
                  engine
                      .images()
                      .export(
                          references, platform, layout, output, format, progress, cancellation));
      if (shared.json) {
        ArrayNode all = Json.array();
        images.forEach(image -> all.add(ImageWords.json(image)));
        shared.answer(all);
      } else {
        shared.answer(output.toString());
      }
      boolean losesDigests =
          format == Format.DOCKER_ARCHIVE
              && images.stream().anyMatch(image -> image.reference().isPinned());
      if (losesDigests) {
        shared.say(
            "A docker-archive knows tags only: after docker load, "
                + PlainText.of(images.getFirst().reference().canonical())
                + " is not found by its digest. Use --format oci where that is needed.");
      }
      return Exit.DONE;
    });
  }
}
