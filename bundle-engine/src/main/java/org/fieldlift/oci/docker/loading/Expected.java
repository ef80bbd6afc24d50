package org.fieldlift.oci.docker.loading;

import java.io.IOException;
import java.util.List;
import org.fieldlift.io.Fields;
import org.fieldlift.io.PlainText;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.Platform;
import org.fieldlift.oci.docker.DaemonFacts;
import org.fieldlift.oci.docker.StoredImage;

/// What a daemon must find under an image's reference for the image to be the right one.
///
/// @param layers digests of the unpacked layers, as the image's configuration lists them
record Expected(Image image, Platform platform, List<String> layers) {
  Expected {
    layers = List.copyOf(layers);
  }

  static Expected of(Image image, ImageLayout layout) throws IOException {
    Fields config =
        Fields.read(
            layout.document(image.config()),
            "The configuration of " + PlainText.of(image.reference().text()));
    Platform platform =
        new Platform(
            config.text("os"),
            config.text("architecture"),
            config.optionalText("variant").orElse(""));
    return new Expected(image, platform, config.object("rootfs").texts("diff_ids"));
  }

  /// Whether it is this image by its digest, and not only by its content.
  boolean isMet(StoredImage found, DaemonFacts.Store store) {
    boolean isNamed =
        switch (store) {
          case CLASSIC -> found.id().equals(image.config().digest());
          case CONTAINERD ->
              found.id().equals(image.target().digest())
                  || found.id().equals(image.manifest().digest());
        };
    return isNamed && hasContent(found);
  }

  /// Whether what runs would be the same: all that can be asked of an image loaded by tag.
  boolean hasContent(StoredImage found) {
    return found.platform().equals(platform) && found.layers().equals(layers);
  }
}
