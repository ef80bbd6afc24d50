package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.Path;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.FolderFiles;

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

  /// @param bundle not yet in the store
  void settle(Path bundle, SharedImages shared, Cancellation cancellation) throws IOException {
    switch (this) {
      case KEEP -> {}
      case DROP -> FolderFiles.delete(CacheFolders.of(bundle).root());
      case LINK -> shared.share(bundle, cancellation);
    }
  }
}
