package org.fieldlift.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fieldlift.engine.Engine;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.docker.loading.UnusedImages.Candidate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;

@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    description = {
      "Removes the images you name, and what no image needs any more.",
      "With --unused and --stage-store: layers in the cache beside it that none of its bundles has"
          + " any more. Every import into it does so, too.",
      "With --from-docker: what Fieldlift loaded into Docker and no bundle of the stage store needs"
          + " is listed, and removed with --yes."
    },
    footer = {
      "%nExamples:",
      "  fieldlift image prune alpine:3.19",
      "  fieldlift image prune --unused        only what no image needs, and broken downloads",
      "  fieldlift image prune --unused --stage-store /var/lib/forklift/stages",
      "  fieldlift image prune --from-docker    what could go; --yes removes it"
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

  @Option(names = "--from-docker", description = "Images in Docker that no bundle needs.")
  boolean fromDocker;

  @Option(
      names = {"--stage-store", "--ss"},
      paramLabel = "DIR",
      description =
          "Whose bundles count. Default: FORKLIFT_STAGE_STORE, or the workspace's. Named here, it"
              + " may also be one whose bundles were all removed.")
  @Nullable Path stageStore;

  @Option(
      names = "--docker",
      paramLabel = "SOCKET",
      description = "Docker's socket (default: DOCKER_HOST, or /var/run/docker.sock).")
  @Nullable Path socket;

  @Option(names = "--yes", description = "With --from-docker: remove what is listed.")
  boolean yes;

  @Override
  public Integer call() throws Exception {
    if (fromDocker && references.isEmpty() && !unused) return shared.station(this::fromDocker);
    if (fromDocker) {
      throw Problem.usage(
          "--from-docker finds by itself what is not needed.", "Leave out the names and --unused.");
    }
    if (references.isEmpty() == !unused) {
      throw Problem.usage(
          "It is not clear what to remove.", "Name the images to remove, or say --unused.");
    }
    if (stageStore != null && (layout != null || !unused)) {
      throw Problem.usage(
          "A stage store's cache is pruned as a whole.",
          "Say --unused and --stage-store, without names and without --layout.");
    }
    return shared.station(engine -> {
      long freed =
          stageStore == null
              ? engine.images().prune(references, layout)
              : engine.field().pruneImages(stageStore);
      if (shared.json) shared.answer(Json.object().put("freed", freed));
      shared.say("Freed " + ByteSize.text(freed) + ".");
      return Exit.DONE;
    });
  }

  private Exit fromDocker(Engine engine) throws IOException {
    Optional<Path> docker = Optional.ofNullable(socket);
    Cancellation cancellation = new Cancellation();
    Path stages = StagePlace.stages(stageStore, null);
    List<ImageReference> needed = engine.docker().needed(stages, stageStore != null);
    shared.say("Needed is what the bundles of " + stages + " run.");
    Table table = new Table("IMAGE", "SIZE", "STATE");
    ArrayNode json = Json.array();
    for (Candidate each : engine.docker().unused(docker, needed, cancellation)) {
      String state = "not needed";
      if (yes) state = engine.docker().remove(docker, each, cancellation) ? "removed" : "in use";
      table.row(each.reference().text(), ByteSize.text(each.size()), state);
      json.addObject()
          .put("image", each.reference().text())
          .put("size", each.size())
          .put("state", state);
    }
    if (shared.json) shared.answer(json);
    else if (table.isEmpty()) shared.say("Every image Fieldlift loaded is needed by a bundle.");
    else shared.answer(table.toString());
    return Exit.DONE;
  }
}
