package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fieldlift.engine.ImageDesk.CopyOrder;
import org.fieldlift.io.Json;
import org.fieldlift.oci.CopyOutcome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    description =
        "Copies container images from their registries, exactly as they are; a broken copy goes on"
            + " where it stopped. Logins are those of docker login.",
    footer = {
      "%nExamples:",
      "  fieldlift image cache --platform linux/arm64 ghcr.io/lab/app:1.0@sha256:0123…",
      "  fieldlift image cache --platform linux/arm64 alpine:3.20 \\",
      "      --mirror docker.io=https://mirror.lab.example",
      "  fieldlift image cache --platform linux/arm64 alpine:3.20 --dry-run    how much is lacking"
    })
final class ImageCache implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(
      paramLabel = "REF",
      arity = "1..*",
      description = "An image as a compose file has it: name, name:tag or name:tag@sha256:….")
  List<String> references;

  @Option(
      names = "--platform",
      paramLabel = "P",
      required = true,
      description = "The devices' platform: linux/arm64, linux/amd64, linux/arm/v7.")
  String platform;

  @Option(
      names = "--layout",
      paramLabel = "DIR",
      description = "An OCI image layout to copy to instead of this station's cache.")
  @Nullable Path layout;

  @Mixin RegistryOptions registries;

  @Option(names = "--offline", description = "Ask no registry; list what is missing.")
  boolean offline;

  @Option(names = "--dry-run", description = "Fetch nothing; list what would be fetched.")
  boolean dryRun;

  @Override
  public Integer call() throws Exception {
    CopyOrder order =
        new CopyOrder(
            references, platform, layout, registries.insecure, registries.mirrors, offline, dryRun);
    return shared.station(engine -> {
      List<CopyOutcome> outcomes =
          Work.run(
              shared,
              "Fetching images",
              (progress, cancellation) -> engine.images().copy(order, progress, cancellation));
      if (shared.json) {
        ArrayNode all = Json.array();
        outcomes.forEach(each -> all.add(ImageWords.json(each)));
        shared.answer(all);
      } else {
        outcomes.forEach(each -> shared.answer(ImageWords.line(each)));
      }
      outcomes.forEach(each -> ImageWords.advice(each).ifPresent(shared::say));
      return ImageWords.exit(outcomes, dryRun);
    });
  }
}
