package org.fieldlift.oci;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.fieldlift.http.HttpSite;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// Copies images into a layout exactly as they are: index, one platform's manifest, configuration
/// and layers, every digest checked, no byte of them changed.
///
/// What is in the layout stays; what other layouts have is linked from there; the rest is asked of
/// mirrors and then of the registry, and goes on where an earlier run broke off.
public final class ImageCopy {
  private final Registries registries;
  private final List<ImageLayout> reuse;
  private final boolean isProving;

  ImageCopy(Registries registries, List<ImageLayout> reuse) {
    this(registries, reuse, false);
  }

  private ImageCopy(Registries registries, List<ImageLayout> reuse, boolean isProving) {
    this.registries = registries;
    this.reuse = List.copyOf(reuse);
    this.isProving = isProving;
  }

  /// A copy with this person's logins.
  ///
  /// @param reuse layouts that may have some of it, nearest first
  public static ImageCopy by(RegistryWays ways, List<ImageLayout> reuse) {
    return new ImageCopy(new Registries(ways, DockerLogins.here(), HttpSite::at), reuse);
  }

  /// The same, but layers that are there already are read, and fetched again where they are
  /// damaged. Else their size is believed.
  public ImageCopy proving() {
    return new ImageCopy(registries, reuse, true);
  }

  /// Copies. That one image cannot be had does not keep the others from coming.
  ///
  /// @return what became of each reference, in their order
  public List<CopyOutcome> copy(
      List<ImageReference> references,
      Platform platform,
      ImageLayout into,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    try (LayoutChange change = into.change()) {
      progress.step("Asking for manifests");
      List<Found> found = find(references, platform, into, true, cancellation);
      prove(found, change, progress, cancellation);
      progress.step("Fetching layers");
      BlobFetch fetch = new BlobFetch(change, reuse, progress, cancellation);
      for (Found each : found) {
        if (each.state() instanceof Known known) {
          for (Descriptor layer : known.image().layers()) fetch.want(layer, known.repositories());
        }
      }
      List<Long> sizes = new ArrayList<>();
      for (Found each : found) sizes.add(lacking(each, into));
      Map<Digest, Problem> failed = fetch.run();
      List<CopyOutcome> outcomes = new ArrayList<>();
      for (int i = 0; i < found.size(); i++) {
        outcomes.add(finish(found.get(i), sizes.get(i), failed, change));
      }
      return List.copyOf(outcomes);
    }
  }

  /// Copies what the layouts at hand have, and says of the rest what is lacking. No registry is
  /// asked.
  public List<CopyOutcome> copyOffline(
      List<ImageReference> references,
      Platform platform,
      ImageLayout into,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    try (LayoutChange change = into.change()) {
      List<CopyOutcome> outcomes = new ArrayList<>();
      List<Found> found = find(references, platform, into, false, cancellation);
      prove(found, change, progress, cancellation);
      for (Found each : found) {
        CopyOutcome planned = planned(each, into);
        if (planned instanceof CopyOutcome.Here && each.state() instanceof Known known) {
          long linked = lacking(each, into);
          BlobFetch fetch = new BlobFetch(change, reuse, progress, cancellation);
          for (Descriptor layer : known.image().layers()) fetch.want(layer, List.of());
          planned = finish(each, linked, fetch.run(), change);
        }
        outcomes.add(planned);
      }
      return List.copyOf(outcomes);
    }
  }

  /// Says what a copy would have to fetch, and writes nothing.
  ///
  /// @param offline asks no registry either: what no layout has is [CopyOutcome.Unknown]
  public List<CopyOutcome> plan(
      List<ImageReference> references,
      Platform platform,
      ImageLayout into,
      boolean offline,
      Cancellation cancellation)
      throws IOException {
    List<CopyOutcome> outcomes = new ArrayList<>();
    for (Found each : find(references, platform, into, !offline, cancellation)) {
      outcomes.add(planned(each, into));
    }
    return List.copyOf(outcomes);
  }

  private void prove(
      List<Found> found, LayoutChange change, Progress progress, Cancellation cancellation)
      throws IOException {
    if (!isProving) return;
    progress.step("Checking what is here");
    Set<Descriptor> layers = new LinkedHashSet<>();
    for (Found each : found) {
      if (each.state() instanceof Known known) layers.addAll(known.image().layers());
    }
    change.dropDamaged(layers, progress, cancellation);
  }

  private CopyOutcome planned(Found found, ImageLayout into) throws IOException {
    return switch (found.state()) {
      case Told told -> told.outcome();
      case Known known -> {
        List<Descriptor> lacking = lacking(known.image(), layouts(into));
        yield lacking.isEmpty()
            ? new CopyOutcome.Here(known.image(), 0)
            : new CopyOutcome.Lacking(known.image(), lacking);
      }
    };
  }

  /// How far the search for one reference has come.
  private sealed interface State permits Known, Told {}

  private record Known(Image image, ImageDocuments documents, List<Repository> repositories)
      implements State {}

  private record Told(CopyOutcome outcome) implements State {}

  private record Found(ImageReference reference, State state) {}

  private List<Found> find(
      List<ImageReference> references,
      Platform platform,
      ImageLayout into,
      boolean online,
      Cancellation cancellation)
      throws IOException {
    List<Found> found = new ArrayList<>();
    for (ImageReference reference : new LinkedHashSet<>(references)) {
      cancellation.check();
      found.add(new Found(reference, search(reference, platform, into, online, cancellation)));
    }
    return found;
  }

  private State search(
      ImageReference reference,
      Platform platform,
      ImageLayout into,
      boolean online,
      Cancellation cancellation)
      throws IOException {
    try {
      List<Repository> repositories = online ? registries.of(reference, cancellation) : List.of();
      ImageDocuments documents =
          new ImageDocuments(reference, layouts(into), repositories, cancellation);
      Descriptor target = documents.target(platform);
      Image image = new Resolution(reference, platform, documents).resolve(target);
      return new Known(image, documents, repositories);
    } catch (Problem problem) {
      return new Told(new CopyOutcome.Failed(reference, problem));
    } catch (ImageDocuments.NotHere notHere) {
      return new Told(new CopyOutcome.Unknown(reference));
    }
  }

  private static CopyOutcome finish(
      Found found, long fetched, Map<Digest, Problem> failed, LayoutChange change)
      throws IOException {
    return switch (found.state()) {
      case Told told -> told.outcome();
      case Known known -> {
        Optional<Problem> missing =
            known.image().layers().stream()
                .flatMap(each -> Stream.ofNullable(failed.get(each.digest())))
                .findFirst();
        if (missing.isPresent()) {
          yield new CopyOutcome.Failed(found.reference(), missing.get());
        }
        yield finish(known, fetched, change);
      }
    };
  }

  private static CopyOutcome finish(Known known, long fetched, LayoutChange change)
      throws IOException {
    Image image = known.image();
    try {
      for (Descriptor document : List.of(image.config(), image.manifest(), image.target())) {
        change.put(document, known.documents().read(document));
      }
      change.add(image);
      return new CopyOutcome.Here(image, fetched);
    } catch (Problem problem) {
      return new CopyOutcome.Failed(image.reference(), problem);
    }
  }

  private static long lacking(Found found, ImageLayout into) throws IOException {
    if (!(found.state() instanceof Known known)) return 0;
    return lacking(known.image(), List.of(into)).stream().mapToLong(Descriptor::size).sum();
  }

  private static List<Descriptor> lacking(Image image, List<ImageLayout> layouts)
      throws IOException {
    List<Descriptor> lacking = new ArrayList<>();
    for (Descriptor blob : image.blobs()) {
      boolean isHere = false;
      for (ImageLayout layout : layouts) isHere |= layout.has(blob);
      if (!isHere) lacking.add(blob);
    }
    return lacking;
  }

  private List<ImageLayout> layouts(ImageLayout into) {
    return Stream.concat(Stream.of(into), reuse.stream()).toList();
  }
}
