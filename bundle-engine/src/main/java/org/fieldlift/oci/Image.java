package org.fieldlift.oci;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// One image for one platform, whole: what its reference names down to its layers.
///
/// @param platform `linux/arm64`
/// @param target what the reference names: an index of several platforms, or this platform's
///   manifest itself
/// @param layers lowest first, as the manifest lists them; one may occur twice
public record Image(
    ImageReference reference,
    String platform,
    Descriptor target,
    Descriptor manifest,
    Descriptor config,
    List<Descriptor> layers) {

  public Image {
    layers = List.copyOf(layers);
  }

  /// Every blob it is made of, each once.
  public List<Descriptor> blobs() {
    LinkedHashSet<Descriptor> all = new LinkedHashSet<>(List.of(target, manifest, config));
    all.addAll(layers);
    return new ArrayList<>(all);
  }

  /// Bytes of all blobs of these images, those they share counted once.
  public static long size(List<Image> images) {
    LinkedHashSet<Descriptor> all = new LinkedHashSet<>();
    images.forEach(image -> all.addAll(image.blobs()));
    return all.stream().mapToLong(Descriptor::size).sum();
  }

  /// Bytes of all its blobs.
  public long size() {
    return blobs().stream().mapToLong(Descriptor::size).sum();
  }
}
