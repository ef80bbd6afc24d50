package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.Path;
import org.fieldlift.io.Cancellation;

/// What becomes of the caches a release brings along, once its images are in Docker.
public enum CachesKept {
  /// They stay in the bundle, as they came.
  KEEP,
  /// They stay in the bundle; image layers that other bundles have too take room only once, where
  /// the file system allows.
  LINK,
  /// They are removed. The bundle can be applied all the same; its pallet can no longer be switched
  /// to from it, and its images would have to be brought again.
  DROP;

  /// @param bundle perhaps without a number yet
  void settle(Path bundle, SharedImages shared, Cancellation cancellation) throws IOException {
    switch (this) {
      case KEEP -> {}
      case DROP -> shared.store().dropCaches(bundle);
      case LINK -> shared.share(bundle, cancellation);
    }
  }
}
