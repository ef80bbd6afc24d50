package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fieldlift.archive.Entry;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.InsideBundle;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.docker.loading.ImageLoading;
import org.fieldlift.oci.docker.loading.ImagePlan;
import org.fieldlift.oci.docker.loading.LoadOutcome;
import org.fieldlift.oci.docker.loading.Way;
import org.fieldlift.release.Release;

/// Brings the container images of a bundle into this device's Docker, so that every app of it
/// starts without a network.
///
/// @param docker this device's; asked for only when a bundle brings images
/// @param way NONE leaves images alone
/// @param evenIfReachable true when registries that can be reached may be stood in for
public record DeviceImages(Docker docker, Way way, boolean evenIfReachable) {

  /// Finds this device's Docker.
  @FunctionalInterface
  public interface Docker {
    ImageLoading find() throws IOException;
  }

  /// What became of a bundle's images.
  ///
  /// @param loaded now, and there before, both found by exactly the words of the compose files
  /// @param remarks sentences about images that are not, or take more room than they might
  public record Report(int loaded, int there, List<String> remarks) {
    static final Report NONE = new Report(0, 0, List.of());

    public Report {
      remarks = List.copyOf(remarks);
    }

    Report and(String remark) {
      List<String> more = new ArrayList<>(remarks);
      more.add(remark);
      return new Report(loaded, there, more);
    }
  }

  /// While Docker takes images in, it has them as they came and unpacked.
  private static final int LOADED_AND_UNPACKED = 3;

  private static final String UNCHECKED =
      "There is no Docker here, so nobody looked whether the images of its apps are there.";

  boolean areWanted() {
    return way != Way.NONE;
  }

  /// What Docker has and lacks of a release before it was read.
  ///
  /// @param there references it finds the right image by
  /// @param need the room it needs for the rest, as far as the release says
  record Outlook(Set<String> there, Optional<Room.Need> need) {
    private static final Outlook NONE = new Outlook(Set.of(), Optional.empty());
  }

  /// Nothing when Docker is to be left alone.
  ///
  /// @throws Problem when Docker could not take in what it lacks
  Outlook outlook(Release release, Cancellation cancellation) throws IOException {
    if (!areWanted() || release.images().isEmpty()) return Outlook.NONE;
    ImageLoading loading = docker.find();
    Set<String> there = new HashSet<>();
    Set<Digest> lacking = new HashSet<>();
    List<ImageReference> toLoad = new ArrayList<>();
    for (Release.Image image : release.images()) {
      ImageReference reference = ImageReference.parse(image.reference());
      if (loading.has(reference, image.ids(), cancellation)) {
        there.add(image.reference());
      } else if (!image.layers().isEmpty()) {
        lacking.addAll(image.layers());
        toLoad.add(reference);
      }
    }
    requireReady(loading, toLoad, cancellation);
    long bytes = 0;
    for (Entry entry : release.entries()) {
      if (lacking.remove(entry.sha256())) bytes = Math.min(bytes + entry.size(), Room.ENDLESS);
    }
    return new Outlook(there, Optional.of(need(loading.place(cancellation), bytes)));
  }

  /// Before a byte is read of what could not be loaded in the end.
  private void requireReady(
      ImageLoading loading, List<ImageReference> references, Cancellation cancellation)
      throws IOException {
    if (references.isEmpty()) return;
    List<String> reachable = loading.reachable(references, way, cancellation);
    if (!evenIfReachable && !reachable.isEmpty()) throw reachable(reachable);
  }

  /// The room Docker needs for what a plan loads.
  static Room.Need need(ImagePlan plan) {
    return need(Path.of(plan.daemon().dataRoot()), plan.bytes());
  }

  private static Room.Need need(Path docker, long bytes) {
    long taken = Math.min(bytes, Room.ENDLESS / LOADED_AND_UNPACKED) * LOADED_AND_UNPACKED;
    return new Room.Need("Docker", docker, taken);
  }

  /// What would be done with the images of a bundle; nothing when it brings none.
  ///
  /// @param isPromised true when the release says that it brings some
  Optional<ImagePlan> plan(Path bundle, boolean isPromised, Cancellation cancellation)
      throws IOException {
    if (!areWanted()) return Optional.empty();
    Path folder = CacheFolders.of(bundle).images();
    InsideBundle.require(bundle, folder);
    Optional<ImageLayout> layout = ImageLayout.find(folder);
    if (layout.isEmpty()) {
      if (isPromised) throw lacking("any of those it promises");
      return Optional.empty();
    }
    List<Image> images = ofApps(bundle, layout.get());
    if (images.isEmpty()) return Optional.empty();
    return Optional.of(docker.find().plan(layout.get(), images, way, cancellation));
  }

  /// Looks whether Docker has the images of a bundle that brings none. Where there is no Docker,
  /// such a bundle is not refused: nobody can apply it yet, and images may come with Docker.
  ///
  /// @param wanted as its apps write them
  /// @param areNeeded true to refuse when it lacks one
  Report found(List<String> wanted, boolean areNeeded, Cancellation cancellation)
      throws IOException {
    if (!areWanted() || wanted.isEmpty()) return Report.NONE;
    ImageLoading loading = docker.find();
    if (!loading.isDockerHere()) return new Report(0, 0, List.of(UNCHECKED));
    Set<String> missing = new TreeSet<>(wanted);
    for (String image : wanted) {
      if (loading.has(ImageReference.parse(image), cancellation)) missing.remove(image);
    }
    if (missing.isEmpty()) return new Report(0, wanted.size(), List.of());
    String lacking = "The bundle brings no images, and Docker lacks " + names(missing) + ".";
    if (!areNeeded) return new Report(0, wanted.size() - missing.size(), List.of(lacking));
    throw Problem.failed(
        lacking,
        "Load them first (fieldlift image load), ask for a release that brings them, or leave"
            + " Docker alone with --images=none.");
  }

  /// @throws Problem when an image does not arrive
  Report load(ImagePlan plan, Progress progress, Cancellation cancellation) throws IOException {
    progress.step("Loading images into Docker");
    return switch (docker.find().load(plan, evenIfReachable, progress, cancellation)) {
      case LoadOutcome.Loaded done ->
          new Report(done.loaded().size(), done.there().size(), List.of());
      case LoadOutcome.ByTag done ->
          new Report(
              done.loaded().size() - done.lost().size(), done.there().size(), lost(done.lost()));
      case LoadOutcome.NotLoaded left -> new Report(0, left.there().size(), List.of());
      case LoadOutcome.Reachable reachable -> throw reachable(reachable.registries());
    };
  }

  /// The images its apps run; those it only takes files from need no Docker.
  ///
  /// @throws Problem when it brings images, but not all
  private static List<Image> ofApps(Path bundle, ImageLayout layout) throws IOException {
    List<String> wanted = BundleManifest.read(bundle).images();
    List<Image> found =
        layout.images().stream()
            .filter(image -> wanted.contains(image.reference().text()))
            .toList();
    Set<String> missing = new HashSet<>(wanted);
    found.forEach(image -> missing.remove(image.reference().text()));
    if (missing.isEmpty()) return found;
    throw lacking(names(missing));
  }

  private static Problem lacking(String what) {
    return Problem.failed(
        "The release brings images, but not " + what + ".",
        "Tell its maker; the release has to be made anew.");
  }

  private static List<String> lost(List<Image> images) {
    List<String> remarks = new ArrayList<>();
    for (Image image : images) {
      remarks.add(
          "Docker does not find "
              + PlainText.of(image.reference().text())
              + ": loaded by tag, it has lost its digest, and its app will not start offline.");
    }
    return remarks;
  }

  private static Problem reachable(List<String> registries) {
    return Problem.failed(
        "This device can reach "
            + names(registries)
            + ", and while images load, its programs would reach Fieldlift instead.",
        "If that is all right, say so with --even-if-reachable; or go offline, then import again.");
  }

  private static String names(Collection<String> names) {
    return names.stream().sorted().map(PlainText::of).collect(Collectors.joining(", "));
  }
}
