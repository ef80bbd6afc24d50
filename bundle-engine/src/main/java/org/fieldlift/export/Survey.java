package org.fieldlift.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.fieldlift.export.Item.Kind;
import org.fieldlift.forklift.BundleContents;
import org.fieldlift.forklift.BundleContents.Download;
import org.fieldlift.forklift.BundleContents.Include;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.DownloadCache;
import org.fieldlift.io.Problem;

/// Looks where everything is that a bundle needs, but for its images; nothing is changed.
///
/// @param places where to look
record Survey(BundleContents contents, Places places) {
  static final String CACHES = "caches/";

  List<Item> items() throws Problem {
    List<Item> items = new ArrayList<>();
    for (String path : contents.mirrors()) items.add(mirror(path));
    for (Include pallet : contents.pallets()) items.add(pallet(pallet));
    for (Include repository : contents.repositories()) items.add(repository(repository));
    for (Download file : contents.downloads()) {
      String name = DownloadCache.withoutCredentials(file.source());
      items.add(download(Kind.FILE, file, name, places.file(at(file))));
    }
    for (Download image : contents.exportImages()) {
      items.add(download(Kind.IMAGE_FILES, image, image.source(), places.imageFiles(at(image))));
    }
    return items;
  }

  /// A bundle has a mirror as one file, a workspace has it as a repository.
  private Item mirror(String path) {
    Optional<Path> file =
        Optional.of(places.bundle().mirrorFile(path)).filter(Files::isRegularFile);
    Optional<Path> repository =
        Optional.of(places.staging().mirrors().resolve(path)).filter(Files::isDirectory);
    return new Item(
        Kind.MIRROR, path, CACHES + "mirrors/" + path + ".bundle", file.or(() -> repository));
  }

  private Item pallet(Include pallet) {
    return new Item(
        Kind.PALLET,
        pallet.directory(),
        CACHES + "pallets/" + pallet.directory(),
        places.checkout(caches -> caches.pallets().resolve(pallet.directory())));
  }

  private Item repository(Include repository) {
    return new Item(
        Kind.REPOSITORY,
        repository.directory(),
        CACHES + "repositories/" + repository.directory(),
        places.checkout(caches -> caches.repositories().resolve(repository.directory())));
  }

  private static Function<CacheFolders, Path> at(Download download) {
    return caches -> caches.downloads().resolve(download.path());
  }

  private static Item download(Kind kind, Download download, String name, Optional<Path> found) {
    return new Item(kind, name, CACHES + "downloads/" + download.path(), found);
  }
}
