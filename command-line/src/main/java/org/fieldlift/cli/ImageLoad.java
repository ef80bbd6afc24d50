package org.fieldlift.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fieldlift.engine.DockerDesk.LoadOrder;
import org.fieldlift.engine.Engine;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.docker.loading.ImagePlan;
import org.fieldlift.oci.docker.loading.LoadOutcome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Brings images into the Docker on this machine, without a network, so that it finds each by"
          + " exactly the words of a compose file, digest and all.",
      "What is there already is not loaded again; earlier releases' images stay.",
      "First it undoes what a run that was ended left on this machine."
    },
    footer = {
      "%nExamples:",
      "  fieldlift image load /media/FL-7K3QX2/images --dry-run",
      "  sudo fieldlift image load /media/FL-7K3QX2/images",
      "  fieldlift image load registry.example.org/lab/app:1.0@sha256:…     from this station's own"
    })
final class ImageLoad implements Callable<Integer> {
  @Mixin Shared shared;
  @Mixin DockerOptions docker;

  @Parameters(
      arity = "0..*",
      paramLabel = "LAYOUT-OR-REF",
      description =
          "Folders of images (OCI image layouts), or images by their reference (default: all of"
              + " this station's own).")
  @Nullable List<String> what;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  boolean dryRun;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      boolean isUndone = engine.docker().undoLeft(Optional.ofNullable(docker.socket));
      if (isUndone) shared.say("What an earlier run had left on this machine is undone.");
      if (isUndone && what == null && engine.images().list(null).isEmpty()) return Exit.DONE;
      Exit worst = Exit.DONE;
      for (LoadOrder order : orders()) {
        Exit exit = load(engine, order);
        if (exit != Exit.DONE) worst = exit;
      }
      return worst;
    });
  }

  private Exit load(Engine engine, LoadOrder order) throws Exception {
    ImagePlan plan = engine.docker().plan(order, new Cancellation());
    LoadWords words = new LoadWords(shared);
    words.tellOthers(plan);
    if (dryRun) return words.tell(plan);
    LoadOutcome outcome =
        Work.run(
            shared,
            "Loading images",
            (progress, cancellation) ->
                engine
                    .docker()
                    .load(plan, order.socket(), docker.evenIfReachable, progress, cancellation));
    return words.tell(outcome);
  }

  private List<LoadOrder> orders() throws Problem {
    List<Path> layouts = new ArrayList<>();
    List<String> references = new ArrayList<>();
    for (String each : what == null ? List.<String>of() : what) {
      if (Files.isDirectory(Path.of(each))) layouts.add(Path.of(each));
      else references.add(each);
    }
    if (layouts.size() > 1 && !references.isEmpty()) {
      throw Problem.usage(
          "It is not clear in which of these folders the images are to be looked for.",
          "Name one folder, or no images.");
    }
    if (layouts.size() > 1 && shared.json) {
      throw Problem.usage(
          "The answer in JSON is about one folder.", "Load these folders one after the other.");
    }
    Optional<Path> socket = Optional.ofNullable(docker.socket);
    if (layouts.isEmpty()) {
      return List.of(new LoadOrder(Optional.empty(), references, socket, docker.way));
    }
    return layouts.stream()
        .map(layout -> new LoadOrder(Optional.of(layout), references, socket, docker.way))
        .toList();
  }
}
