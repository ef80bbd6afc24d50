package org.fieldlift.oci.docker.loopback;

import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.oci.Descriptor;
import org.fieldlift.oci.Image;

/// What a registry of ours has, and nothing else of the layout: the images that are asked of it.
///
/// @param images each under its own registry's and repository's name
record RegistryShelf(List<Image> images) {
  RegistryShelf {
    images = List.copyOf(images);
  }

  /// A manifest or an index, by digest or tag.
  Optional<Descriptor> manifest(String registry, String repository, String reference) {
    return images.stream()
        .filter(image -> isOf(image, registry, repository))
        .flatMap(image -> {
          boolean isTag = reference.equals(image.reference().tag());
          if (isTag && !image.reference().isPinned()) return Optional.of(image.target()).stream();
          return List.of(image.target(), image.manifest()).stream()
              .filter(each -> each.digest().toString().equals(reference));
        })
        .findFirst();
  }

  /// A configuration or a layer.
  Optional<Descriptor> blob(String registry, String repository, String digest) {
    if (!digest.startsWith("sha256:") || !Digest.looksLike(digest)) return Optional.empty();
    Digest wanted = Digest.parse(digest);
    return images.stream()
        .filter(image -> isOf(image, registry, repository))
        .flatMap(image -> image.blobs().stream())
        .filter(blob -> blob.digest().equals(wanted))
        .findFirst();
  }

  private static boolean isOf(Image image, String registry, String repository) {
    return image.reference().registry().equals(registry)
        && image.reference().repository().equals(repository);
  }
}
