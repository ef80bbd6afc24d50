package org.fieldlift.forklift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Yaml;
import org.jspecify.annotations.Nullable;

/// The `caches` section behind a bundle's manifest: which caches the bundle brings along.
///
/// Forklift passes over keys it does not know and never writes the manifest again, so the original
/// bytes stay as they are, the section is appended behind a line of comment, and cutting there
/// gives the original back.
///
/// @param platform the bundle was staged for, such as `linux/arm64`
/// @param mirrors paths of git repositories
/// @param pallets folders, as `<path>@<version>`
/// @param repositories folders, as `<path>@<version>`
public record CachesSection(
    String platform,
    List<String> mirrors,
    List<String> pallets,
    List<String> repositories,
    List<Download> downloads,
    List<Image> images) {

  /// A downloaded file.
  ///
  /// @param url where it came from, without credentials; for an image its reference
  /// @param path below `caches/downloads`
  public record Download(String url, String path, Digest sha256) {}

  /// A container image in `caches/images`.
  ///
  /// @param reference exactly as the compose file writes it
  /// @param digest of the index or manifest that the reference stands for
  public record Image(String reference, Digest digest) {}

  static final String KEY = "caches";

  public CachesSection {
    mirrors = List.copyOf(mirrors);
    pallets = List.copyOf(pallets);
    repositories = List.copyOf(repositories);
    downloads = List.copyOf(downloads);
    images = List.copyOf(images);
  }

  /// The manifest with this section behind it.
  ///
  /// @param manifest as Forklift wrote it
  /// @throws Problem when it has such a section already, or is written in a way that nothing can be
  ///   appended to
  public byte[] append(byte[] manifest) throws Problem {
    Map<String, @Nullable Object> before = Yaml.readMap(manifest, BundleManifest.FILE);
    if (before.containsKey(KEY) || AppendedYaml.isAppended(manifest)) {
      throw Problem.failed(
          BundleManifest.FILE + " already has a section \"" + KEY + "\".",
          "Stage the pallet again, and pack the bundle that comes out.");
    }
    byte[] appended = AppendedYaml.append(manifest, CachesYaml.write(this));
    if (!hasOnlyThisMore(before, appended)) throw cannotBeExtended();
    return appended;
  }

  /// The manifest as Forklift wrote it; the same bytes when nothing was appended.
  public static byte[] original(byte[] manifest) {
    return AppendedYaml.original(manifest);
  }

  /// The section that Fieldlift appended; nothing when it did not. Another program's section of
  /// this name is passed over.
  ///
  /// @throws Problem when it makes no sense
  public static Optional<CachesSection> parse(byte[] manifest) throws Problem {
    if (!AppendedYaml.isAppended(manifest)) return Optional.empty();
    Section all = new Section(Yaml.readMap(manifest, BundleManifest.FILE), BundleManifest.FILE, "");
    return Optional.of(CachesYaml.read(all.section(KEY)));
  }

  /// Stops a manifest whose end is not where it seems: a document mark, braces around the whole, a
  /// text that goes on to the end of the file.
  private boolean hasOnlyThisMore(Map<String, @Nullable Object> before, byte[] appended) {
    try {
      Map<String, @Nullable Object> after =
          new LinkedHashMap<>(Yaml.readMap(appended, BundleManifest.FILE));
      return parse(appended).equals(Optional.of(this))
          && after.remove(KEY) != null
          && Objects.equals(after, before)
          && new ArrayList<>(after.keySet()).equals(new ArrayList<>(before.keySet()));
    } catch (Problem noLongerReadable) {
      return false;
    }
  }

  private static Problem cannotBeExtended() {
    return Problem.failed(
        "Nothing can be appended to "
            + BundleManifest.FILE
            + ": it is not written the way Forklift writes it.",
        "Stage the pallet again with Forklift, or pack it without caches.");
  }
}
