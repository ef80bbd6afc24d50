package org.fieldlift.oci.docker.loading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.DockerArchive;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.LayoutArchive;
import org.fieldlift.oci.Platform;
import org.fieldlift.oci.docker.DaemonFacts;
import org.fieldlift.oci.docker.Docker;
import org.fieldlift.oci.docker.StoredImage;
import org.fieldlift.oci.docker.loopback.Borrowing;
import org.fieldlift.oci.docker.loopback.HostPlaces;
import org.fieldlift.oci.docker.loopback.RegistryPulls;

/// Brings images of a layout into a daemon, so that it finds each by exactly the words of a compose
/// file, and proves it by asking.
///
/// Images of earlier releases are not touched: those that are pinned are named by digest.
///
/// @param memory of what was loaded
public record ImageLoading(Docker docker, HostPlaces places, LoadMemory memory) {
  /// Undoes what an earlier run left on this machine that died, if this user may.
  ///
  /// @return false when there was nothing, or it has to be left
  /// @throws Problem when it cannot be undone yet
  public boolean undoLeft() throws IOException {
    return Borrowing.canUndo(places) && Borrowing.undoLeft(places, docker);
  }

  /// Looks what is there and what would be done. Changes nothing but what an earlier run left that
  /// died ([#undoLeft]).
  ///
  /// @param images of this layout, for one platform
  /// @throws Problem when this daemon cannot take them
  public ImagePlan plan(ImageLayout layout, List<Image> images, Way way, Cancellation cancellation)
      throws IOException {
    undoLeft();
    DaemonFacts daemon = docker.facts(cancellation);
    requireDocker(daemon);
    requirePlatform(daemon, images);
    List<ImagePlan.Step> steps = new ArrayList<>();
    for (Image image : images) {
      Optional<StoredImage> found = found(image, layout, daemon, cancellation);
      boolean isThere =
          found.isPresent() && Expected.of(image, layout).isMet(found.get(), daemon.store());
      steps.add(new ImagePlan.Step(image, isThere));
    }
    List<Image> missing =
        steps.stream().filter(step -> !step.isThere()).map(ImagePlan.Step::image).toList();
    ChosenWay chosen = ChosenWay.of(way, daemon);
    chosen.require(references(missing));
    return new ImagePlan(layout, daemon, chosen.way(), steps, Image.size(missing), 0);
  }

  /// Looks whether images that are not at hand yet could be loaded by this user.
  ///
  /// @return registries that would have to be stood in for and can be reached
  /// @throws Problem when they could not
  public List<String> reachable(List<ImageReference> references, Way way, Cancellation cancellation)
      throws IOException {
    DaemonFacts daemon = docker.facts(cancellation);
    requireDocker(daemon);
    ChosenWay chosen = ChosenWay.of(way, daemon);
    chosen.require(references);
    if (chosen.way() != Way.REGISTRY) return List.of();
    RegistryPulls.requireRights(docker, places);
    return RegistryPulls.reachable(places, references);
  }

  /// Whether there is a daemon to be asked, running or not.
  public boolean isDockerHere() {
    return Files.exists(docker.socket());
  }

  /// Whether the daemon finds anything by exactly this reference.
  public boolean has(ImageReference reference, Cancellation cancellation) throws IOException {
    return docker.inspect(reference, cancellation).isPresent();
  }

  /// Whether the daemon finds an image with one of these ids by exactly this reference. Enough to
  /// tell what is to be expected before the image is at hand.
  public boolean has(ImageReference reference, List<Digest> ids, Cancellation cancellation)
      throws IOException {
    return docker
        .inspect(reference, cancellation)
        .map(StoredImage::id)
        .filter(ids::contains)
        .isPresent();
  }

  /// Where the daemon keeps its images.
  public Path place(Cancellation cancellation) throws IOException {
    return Path.of(docker.facts(cancellation).dataRoot());
  }

  /// Does what the plan says. First it undoes what an earlier run left that died.
  ///
  /// @param evenIfReachable true when registries that can be reached may be stood in for
  /// @throws Problem when an image does not arrive; those before it stay
  public LoadOutcome load(
      ImagePlan plan, boolean evenIfReachable, Progress progress, Cancellation cancellation)
      throws IOException {
    Borrowing.undoLeft(places, docker);
    List<Image> missing = plan.missing();
    if (missing.isEmpty()) return new LoadOutcome.Loaded(List.of(), plan.there());
    return switch (plan.way()) {
      case LAYOUT -> {
        memory.add(docker, missing);
        docker.load(
            out -> LayoutArchive.write(plan.layout(), missing, out, progress, cancellation),
            cancellation);
        yield proven(plan, missing, cancellation);
      }
      case REGISTRY -> {
        RegistryPulls pulls = new RegistryPulls(docker, places, plan.layout(), missing);
        List<String> reachable =
            evenIfReachable ? List.of() : RegistryPulls.reachable(places, references(missing));
        if (!reachable.isEmpty()) yield new LoadOutcome.Reachable(reachable);
        memory.add(docker, missing);
        progress.expect(plan.bytes());
        pulls.run(progress, cancellation);
        yield proven(plan, missing, cancellation);
      }
      case TAGS -> byTag(plan, missing, progress, cancellation);
      case NONE, AUTO -> new LoadOutcome.NotLoaded(missing, plan.there());
    };
  }

  private LoadOutcome proven(ImagePlan plan, List<Image> missing, Cancellation cancellation)
      throws IOException {
    for (Image image : missing) {
      Optional<StoredImage> found = found(image, plan.layout(), plan.daemon(), cancellation);
      Expected expected = Expected.of(image, plan.layout());
      if (found.isPresent() && expected.isMet(found.get(), plan.daemon().store())) continue;
      throw Problem.failed(
          "Docker took %s, but %s."
              .formatted(
                  PlainText.of(image.reference().text()),
                  found.isPresent()
                      ? "has another image under that name"
                      : "does not find it by that name"),
          "See what it says of itself (journalctl -u docker), and report this.");
    }
    return new LoadOutcome.Loaded(missing, plan.there());
  }

  /// The containerd store has several platforms under one name, and tells of its own unless asked.
  private Optional<StoredImage> found(
      Image image, ImageLayout layout, DaemonFacts daemon, Cancellation cancellation)
      throws IOException {
    Platform built = layout.builtFor(image);
    boolean isOther =
        daemon.store() == DaemonFacts.Store.CONTAINERD && !built.equals(daemon.platform());
    return isOther
        ? docker.inspect(image.reference(), built, cancellation)
        : docker.inspect(image.reference(), cancellation);
  }

  private LoadOutcome byTag(
      ImagePlan plan, List<Image> missing, Progress progress, Cancellation cancellation)
      throws IOException {
    List<Image> sent = DockerArchive.distinct(missing);
    memory.addTags(docker, sent);
    docker.load(
        out -> DockerArchive.write(plan.layout(), sent, out, progress, cancellation), cancellation);
    for (Image image : missing) {
      ImageReference byTag = ImageReference.parse(image.reference().tagged());
      Optional<StoredImage> found = docker.inspect(byTag, cancellation);
      if (found.isPresent() && Expected.of(image, plan.layout()).hasContent(found.get())) continue;
      throw Problem.failed(
          "Docker took " + byTag + ", but does not have it.",
          "See what it says of itself (journalctl -u docker), and report this.");
    }
    List<Image> lost = missing.stream().filter(image -> image.reference().isPinned()).toList();
    return new LoadOutcome.ByTag(missing, plan.there(), lost);
  }

  private void requireDocker(DaemonFacts daemon) throws Problem {
    if (daemon.isDocker()) return;
    throw Problem.failed(
        "What answers at %s is %s, not Docker."
            .formatted(PlainText.of(docker.socket().toString()), PlainText.of(daemon.engine())),
        "Name Docker's socket with --docker.");
  }

  private void requirePlatform(DaemonFacts daemon, List<Image> images) throws Problem {
    for (Image image : images) {
      Platform made = Platform.parse(image.platform());
      if (daemon.platform().runs().contains(made)) continue;
      throw Problem.failed(
          "%s is for %s; Docker at %s runs %s."
              .formatted(
                  PlainText.of(image.reference().text()),
                  made,
                  PlainText.of(docker.socket().toString()),
                  daemon.platform()),
          "Take the images of the release for this device.");
    }
  }

  private static List<ImageReference> references(List<Image> images) {
    return images.stream().map(Image::reference).toList();
  }
}
