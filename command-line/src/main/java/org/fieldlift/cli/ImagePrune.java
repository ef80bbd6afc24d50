package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    description = "Removes the images you name, and what no image needs any more.",
    footer = {
      "%nExamples:",
      "  fieldlift image prune alpine:3.19",
      "  fieldlift image prune --unused        only what no image needs, and broken downloads"
    })
final class ImagePrune implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(paramLabel = "REF", arity = "0..*", description = "Images to remove.")
  List<String> references = List.of();

  @Option(names = "--unused", description = "Remove only what no image needs.")
  boolean unused;

  @Option(
      names = "--layout",
      paramLabel = "DIR",
      description = "An OCI image layout instead of this station's cache.")
  @Nullable Path layout;

  @Override
  public Integer call() throws Exception {
    if (references.isEmpty() == !unused) {
      throw Problem.usage(
          "It is not clear what to remove.", "Name the images to remove, or say --unused.");
    }
    return shared.station(engine -> {
      long freed = engine.images().prune(references, layout);
      if (shared.json) shared.answer(Json.object().put("freed", freed));
      shared.say("Freed " + ByteSize.text(freed) + ".");
      return Exit.DONE;
    });
  }
}
