package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.fieldlift.io.Problem;

/// What a staged bundle was made from and what it needs to run: everything that has to travel with
/// it to a place without a network. Lists are without repetitions and in a fixed order.
///
/// @param composeImages the images of its apps, exactly as the compose files write them
/// @param downloads the HTTP files it exports, as the manifest writes their addresses, credentials
///   included
/// @param exportImages the images whose files it exports; one may be an app's image as well
/// @param pallets required pallets, those of required pallets too
/// @param repositories required repositories of packages
public record BundleContents(
    BundleManifest manifest,
    List<String> composeImages,
    List<Download> downloads,
    List<Download> exportImages,
    List<Include> pallets,
    List<Include> repositories) {

  /// A file of the download cache.
  ///
  /// @param source an address or the reference of an image
  /// @param path below the `downloads` folder
  public record Download(String source, String path) {}

  /// A pallet or repository that a bundle includes.
  ///
  /// @param commit of its git repository; "" when the lock has none
  /// @param overridden true when a developer staged with a folder of his own instead, which no
  ///   cache holds
  public record Include(String path, String version, String commit, boolean overridden) {
    /// Its folder below `pallets` or `repositories`.
    public String directory() {
      return path + "@" + version;
    }
  }

  public BundleContents {
    composeImages = List.copyOf(composeImages);
    downloads = List.copyOf(downloads);
    exportImages = List.copyOf(exportImages);
    pallets = List.copyOf(pallets);
    repositories = List.copyOf(repositories);
  }

  /// Reads a staged bundle's manifest and the packages it deploys. All of it is foreign.
  ///
  /// @throws Problem when something in it is missing, wrong, or leads out of where it belongs
  public static BundleContents of(Path bundle) throws IOException {
    ManifestSections sections = BundleManifest.sections(bundle);
    Set<Download> files = new LinkedHashSet<>();
    for (Section downloads : sections.all().section("downloads").sections().values()) {
      for (String url : downloads.texts("http")) {
        files.add(new Download(url, DownloadCache.ofUrl(url)));
      }
    }
    Set<Download> images = new LinkedHashSet<>();
    for (String image : ExportImages.of(bundle, sections)) {
      images.add(new Download(image, DownloadCache.ofImage(image)));
    }
    Section includes = sections.all().section("includes");
    return new BundleContents(
        sections.manifest(),
        sections.manifest().images(),
        List.copyOf(files),
        List.copyOf(images),
        Includes.of(includes.section("pallets")),
        Includes.of(includes.section("repositories")));
  }

  /// The paths of the git repositories whose mirrors are needed to change and stage the pallet
  /// again: its own first.
  public List<String> mirrors() {
    return Stream.concat(
            Stream.of(manifest.path()),
            Stream.concat(pallets.stream(), repositories.stream()).map(Include::path))
        .distinct()
        .toList();
  }
}
