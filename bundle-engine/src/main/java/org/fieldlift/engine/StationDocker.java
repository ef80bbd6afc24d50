package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.fieldlift.forklift.BundleContents;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.forklift.StagedBundle;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.Platform;
import org.fieldlift.oci.docker.Docker;
import org.fieldlift.oci.docker.loading.ImageLoading;
import org.fieldlift.oci.docker.loading.ImagePlan;
import org.fieldlift.oci.docker.loading.LoadMemory;
import org.fieldlift.oci.docker.loading.LoadOutcome;
import org.fieldlift.oci.docker.loading.UnusedImages;
import org.fieldlift.oci.docker.loading.UnusedImages.Candidate;
import org.fieldlift.oci.docker.loopback.HostPlaces;

/// @param images this station's own, an OCI image layout
record StationDocker(Path images, LoadMemory memory) implements DockerDesk {

  @Override
  public boolean undoLeft(Optional<Path> socket) throws IOException {
    return loading(socket).undoLeft();
  }

  @Override
  public ImagePlan plan(LoadOrder order, Cancellation cancellation) throws IOException {
    undoLeft(order.socket());
    Docker docker = docker(order.socket());
    ImageLayout layout = ImageLayout.open(order.layout().orElse(images));
    Platform platform = docker.facts(cancellation).platform();
    SuitableImages suitable = SuitableImages.of(layout, platform);
    List<Image> chosen = suitable.chosen(order.references());
    return loading(docker)
        .plan(layout, chosen, order.way(), cancellation)
        .leaving(order.references().isEmpty() ? suitable.others() : 0);
  }

  @Override
  public LoadOutcome load(
      ImagePlan plan,
      Optional<Path> socket,
      boolean evenIfReachable,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    return loading(docker(socket)).load(plan, evenIfReachable, progress, cancellation);
  }

  @Override
  public List<ImageReference> needed(Path stageStore, boolean evenNone) throws IOException {
    StageStore store = StageStore.existing(stageStore);
    List<StagedBundle> bundles = store.bundles();
    if (bundles.isEmpty() && !(evenNone && store.hasState())) throw noBundle(store, evenNone);
    List<ImageReference> needed = new ArrayList<>();
    for (StagedBundle bundle : bundles) {
      for (String image : BundleContents.of(bundle.folder()).composeImages()) {
        needed.add(ImageReference.parse(image));
      }
    }
    return needed;
  }

  @Override
  public List<Candidate> unused(
      Optional<Path> socket, Collection<ImageReference> needed, Cancellation cancellation)
      throws IOException {
    return new UnusedImages(docker(socket), memory).find(needed, cancellation);
  }

  @Override
  public boolean remove(Optional<Path> socket, Candidate candidate, Cancellation cancellation)
      throws IOException {
    return new UnusedImages(docker(socket), memory).remove(candidate, cancellation);
  }

  /// How images get into a daemon.
  ///
  /// @param socket nothing for the one Docker's own programs use
  ImageLoading loading(Optional<Path> socket) throws Problem {
    return loading(docker(socket));
  }

  private ImageLoading loading(Docker docker) {
    return new ImageLoading(docker, HostPlaces.here(), memory);
  }

  private static Docker docker(Optional<Path> socket) throws Problem {
    return socket.isPresent()
        ? new Docker(socket.get().toAbsolutePath())
        : Docker.here(System.getenv());
  }

  private static Problem noBundle(StageStore store, boolean isNamed) {
    String name = PlainText.of(store.folder().toString());
    return isNamed
        ? Problem.usage(
            name + " is no stage store: Forklift has neither a bundle nor its state there.",
            "Name the folder that holds forklift-stage-store.yml.")
        : Problem.usage(
            "The stage store %s holds no bundle, so none of the images would be needed."
                .formatted(name),
            "Name another with --stage-store; or this one, if all its bundles were removed.");
  }
}
