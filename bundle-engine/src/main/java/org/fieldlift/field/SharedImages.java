package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.InsideBundle;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.forklift.StagedBundle;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.LayoutChange;
import org.fieldlift.oci.SharedBlobs;

/// The image cache of a stage store: what several bundles have takes room once. Whoever changes it
/// has claimed the store.
public record SharedImages(StageStore store) {

  /// Makes a bundle's image blobs the same files as the cache's, where the file system allows.
  ///
  /// @param bundle in the store, perhaps without a number yet
  void share(Path bundle, Cancellation cancellation) throws IOException {
    Path folder = CacheFolders.of(bundle).images();
    InsideBundle.require(bundle, folder);
    Optional<ImageLayout> images = ImageLayout.find(folder);
    if (images.isEmpty() || !isBeside(bundle)) return;
    new SharedBlobs(images.get(), ImageLayout.at(store.images())).share(cancellation);
    store.adopt(store.images());
  }

  /// Removes what no bundle of the store has any more.
  ///
  /// @return bytes freed
  /// @throws Problem when it cannot be known what the bundles have; then nothing was removed
  public long prune() throws IOException {
    Optional<ImageLayout> cache = ImageLayout.find(store.images());
    if (cache.isEmpty()) return 0;
    Set<Digest> needed = new HashSet<>();
    for (StagedBundle bundle : store.bundles()) {
      Optional<ImageLayout> images = ImageLayout.find(CacheFolders.of(bundle.folder()).images());
      if (images.isEmpty()) continue;
      for (Image image : images.get().images()) needed.add(image.target().digest());
    }
    try (LayoutChange change = cache.get().change()) {
      change.retain(needed);
      return change.prune();
    }
  }

  /// Files of two mounts cannot be one, even where one disk is mounted twice.
  private boolean isBeside(Path bundle) throws IOException {
    Path above = store.images().getParent();
    return above != null && Files.getFileStore(bundle).equals(Files.getFileStore(above));
  }
}
