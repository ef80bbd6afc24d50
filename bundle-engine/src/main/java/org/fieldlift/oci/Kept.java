package org.fieldlift.oci;

import org.fieldlift.io.Problem;

/// An image as a layout has it.
public sealed interface Kept {
  ImageReference reference();

  /// `linux/arm64`
  String platform();

  /// Every blob of it is here with the size it should have.
  record Whole(Image image) implements Kept {
    @Override
    public ImageReference reference() {
      return image.reference();
    }

    @Override
    public String platform() {
      return image.platform();
    }
  }

  /// Something of it is missing or damaged.
  ///
  /// @param target what the reference names
  record Broken(ImageReference reference, String platform, Descriptor target, Problem problem)
      implements Kept {}
}
