package org.fieldlift.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fieldlift.export.Item.Kind;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.CopyOutcome;
import org.fieldlift.oci.Descriptor;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageCopy;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.ImageReference;
import org.fieldlift.oci.Platform;
import org.fieldlift.oci.RegistryWays;

/// Where container images are found, and where they are fetched from.
///
/// @param station takes what is fetched
/// @param others that may have some: what the bundle brought along, the workspace's
public record Images(ImageLayout station, List<ImageLayout> others, RegistryWays ways) {
  public Images {
    others = List.copyOf(others);
  }

  /// Whether each image is on this computer. Asks no registry.
  List<Item> survey(List<String> references, Platform platform) throws IOException {
    List<Item> items = new ArrayList<>();
    for (CopyOutcome outcome : here(parsed(references), platform)) {
      Optional<Path> found =
          outcome instanceof CopyOutcome.Here ? Optional.of(station.folder()) : Optional.empty();
      items.add(new Item(Kind.IMAGE, outcome.reference().text(), Survey.CACHES + "images", found));
    }
    return items;
  }

  /// The images that are on this computer, of those asked for.
  List<Image> present(List<String> references, Platform platform) throws IOException {
    List<Image> images = new ArrayList<>();
    for (CopyOutcome outcome : here(parsed(references), platform)) {
      if (outcome instanceof CopyOutcome.Here(Image image, long _)) images.add(image);
    }
    return images;
  }

  /// Every image that was asked for. A pinned one that is on this computer needs nobody else; a tag
  /// may have moved, so its registry is asked.
  ///
  /// @throws Problem about the first that cannot be had, and how many more
  List<Image> bring(
      List<String> references, Platform platform, Progress progress, Cancellation cancellation)
      throws IOException {
    List<Image> images = new ArrayList<>();
    List<ImageReference> wanted = new ArrayList<>();
    for (CopyOutcome outcome : here(parsed(references), platform)) {
      boolean isSettled = outcome instanceof CopyOutcome.Here && outcome.reference().isPinned();
      if (isSettled && outcome instanceof CopyOutcome.Here(Image image, long _)) images.add(image);
      else wanted.add(outcome.reference());
    }
    if (wanted.isEmpty()) return images;
    List<Problem> failed = new ArrayList<>();
    for (CopyOutcome outcome :
        ImageCopy.by(ways, others).copy(wanted, platform, station, progress, cancellation)) {
      switch (outcome) {
        case CopyOutcome.Here(Image image, long _) -> images.add(image);
        case CopyOutcome.Failed(ImageReference _, Problem problem) -> failed.add(problem);
        case CopyOutcome.Lacking lacking -> throw new IllegalStateException(lacking.toString());
        case CopyOutcome.Unknown unknown -> throw new IllegalStateException(unknown.toString());
      }
    }
    if (failed.isEmpty()) return images;
    Problem first = failed.getFirst();
    String more = failed.size() == 1 ? "" : " (" + (failed.size() - 1) + " more failed, too.)";
    throw new Problem(first.kind(), first.what() + more, first.next(), first);
  }

  /// The file of a blob, wherever it lies.
  Path blob(Descriptor blob) throws IOException {
    for (ImageLayout layout : all()) {
      if (layout.has(blob)) return layout.blob(blob.digest()).orElseThrow();
    }
    throw Problem.failed(
        "A part of an image has gone from this computer (" + blob.digest().brief() + "…).",
        "Let nobody prune images meanwhile, then export again.");
  }

  /// A layout that has all of an image.
  ImageLayout layoutOf(Image image) throws IOException {
    for (ImageLayout layout : all()) {
      boolean isWhole = true;
      for (Descriptor blob : image.blobs()) isWhole &= layout.has(blob);
      if (isWhole) return layout;
    }
    return station;
  }

  private List<CopyOutcome> here(List<ImageReference> references, Platform platform)
      throws IOException {
    return ImageCopy.by(ways, others).plan(references, platform, station, true, new Cancellation());
  }

  private List<ImageLayout> all() {
    return Stream.concat(Stream.of(station), others.stream()).toList();
  }

  private static List<ImageReference> parsed(List<String> references) throws Problem {
    List<ImageReference> parsed = new ArrayList<>();
    for (String reference : references) {
      try {
        parsed.add(ImageReference.parse(reference));
      } catch (Problem refused) {
        throw Problem.failed(
            "The bundle runs the image "
                + PlainText.of(reference)
                + ", which Docker would not accept: "
                + refused.what(),
            "Correct it in the package, and stage the pallet again.");
      }
    }
    return parsed;
  }
}
