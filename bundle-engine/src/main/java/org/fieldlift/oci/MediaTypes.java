package org.fieldlift.oci;

import java.util.Locale;
import java.util.Set;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The kinds of blobs an image is made of, in both of their dialects: OCI's and Docker's.
///
/// @see <a
///   href="https://github.com/opencontainers/image-spec/blob/main/media-types.md">media-types.md</a>
final class MediaTypes {
  static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private static final String DOCKER_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  private static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+";
  private static final Set<String> CONFIGS =
      Set.of(
          "application/vnd.oci.image.config.v1+json",
          "application/vnd.docker.container.image.v1+json");
  private static final Set<String> LAYERS =
      Set.of(
          "application/vnd.oci.image.layer.v1.tar",
          "application/vnd.oci.image.layer.v1.tar+gzip",
          "application/vnd.oci.image.layer.v1.tar+zstd",
          "application/vnd.docker.image.rootfs.diff.tar",
          "application/vnd.docker.image.rootfs.diff.tar.gzip",
          "application/vnd.docker.image.rootfs.diff.tar.zstd");

  /// What we can take, told to registries: without it they would answer with schema 1, or refuse.
  static final String ACCEPTED =
      String.join(", ", OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST);

  private MediaTypes() {}

  static boolean isIndex(String type) {
    return type.equals(OCI_INDEX) || type.equals(DOCKER_LIST);
  }

  static boolean isManifest(String type) {
    return type.equals(OCI_MANIFEST) || type.equals(DOCKER_MANIFEST);
  }

  static boolean isSchema1(String type) {
    return type.startsWith(SCHEMA_1);
  }

  /// A header's media type without its parameters.
  static String plain(String header) {
    return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  static void requireConfig(String type, String what) throws Problem {
    if (CONFIGS.contains(type)) return;
    throw unusable(what, "its configuration is of the kind " + PlainText.of(type));
  }

  /// Refuses also what lies elsewhere than in the registry ("foreign", "nondistributable").
  static void requireLayer(String type, String what) throws Problem {
    if (LAYERS.contains(type)) return;
    throw unusable(what, "it has a layer of the kind " + PlainText.of(type));
  }

  static Problem unusable(String what, String why) {
    return Problem.failed(
        what + " is no container image that can be copied: " + why + ".",
        "Build it anew with a present-day Docker or Buildah, and refer to that.");
  }
}
