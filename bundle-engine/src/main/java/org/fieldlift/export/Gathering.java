package org.fieldlift.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fieldlift.archive.Tree;
import org.fieldlift.forklift.BundleContents;
import org.fieldlift.forklift.BundleContents.Include;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.CachesSection;
import org.fieldlift.forklift.git.MirrorFile;
import org.fieldlift.forklift.pallet.LocalPallet;
import org.fieldlift.forklift.secrets.Secrets;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Yaml;
import org.fieldlift.oci.Descriptor;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.release.Release;
import org.jspecify.annotations.Nullable;

/// Puts a bundle and its caches together as they are to be packed. Small files are made in the
/// scratch folder; everything else stays where it lies.
final class Gathering {
  private static final int FILE_MODE = 0644;
  private static final int PERMISSIONS = 0777;

  private final Path bundle;
  private final BundleContents contents;
  private final Path scratch;
  private final boolean stripSecrets;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> mirrors = new ArrayList<>();
  private final List<String> pallets = new ArrayList<>();
  private final List<String> repositories = new ArrayList<>();
  private final List<CachesSection.Download> downloads = new ArrayList<>();
  private final List<Release.Image> images = new ArrayList<>();
  private final List<CachesSection.Image> imageLines = new ArrayList<>();
  private final byte[] manifest;
  private Tree tree;

  /// @param stripSecrets takes credentials and paths of this computer out; else they are warned of
  Gathering(Path bundle, BundleContents contents, boolean stripSecrets, Path scratch)
      throws IOException {
    this.bundle = bundle;
    this.contents = contents;
    this.scratch = scratch;
    this.stripSecrets = stripSecrets;
    Secrets secrets = Secrets.of(bundle);
    tree = Tree.EMPTY.folder("", bundle, Set.of(CacheFolders.IN_A_BUNDLE));
    heed(secrets, bundle, "");
    for (Include each : contents.pallets()) warnOfOverride(each);
    for (Include each : contents.repositories()) warnOfOverride(each);
    byte[] staged = Limits.readFile(bundle.resolve(BundleManifest.FILE), Yaml.LARGEST);
    byte @Nullable [] stripped = stripSecrets ? secrets.stripped().get(BundleManifest.FILE) : null;
    manifest = CachesSection.original(stripped == null ? staged : stripped);
  }

  private void warnOfOverride(Include include) {
    if (!include.overridden()) return;
    String locked = PlainText.of(include.directory());
    warnings.add(
        "The bundle was staged with a folder of somebody's own instead of "
            + locked
            + " (an override, whose path "
            + BundleManifest.FILE
            + " tells). Whoever stages it again from "
            + locked
            + " gets another bundle.");
  }

  /// Takes secrets out of what was grafted at a place, or tells of them.
  private void heed(Secrets secrets, Path folder, String at) throws IOException {
    warnings.addAll(stripSecrets ? secrets.remaining() : secrets.warnings());
    if (!stripSecrets) return;
    for (var file : secrets.stripped().entrySet()) {
      int mode = (Integer) Files.getAttribute(folder.resolve(file.getKey()), "unix:mode");
      tree = tree.bytes(at + file.getKey(), mode & PERMISSIONS, file.getValue());
    }
  }

  Gathered alone() {
    tree = tree.bytes(BundleManifest.FILE, FILE_MODE, manifest);
    return new Gathered(tree, List.of(), List.of(), warnings, scratch);
  }

  /// @param platform the bundle was staged for
  Gathered whole(String platform) throws IOException {
    CachesSection section =
        new CachesSection(platform, mirrors, pallets, repositories, downloads, imageLines);
    tree = tree.bytes(BundleManifest.FILE, FILE_MODE, section.append(manifest));
    List<Release.Download> listed =
        downloads.stream()
            .map(each ->
                new Release.Download(
                    each.url(), Survey.CACHES + "downloads/" + each.path(), each.sha256()))
            .toList();
    return new Gathered(tree, images, listed, warnings, scratch);
  }

  /// Adds something that was found.
  void add(Item item, Cancellation cancellation) throws IOException {
    switch (item.kind()) {
      case MIRROR -> mirror(item, cancellation);
      case PALLET -> folder(item, pallets);
      case REPOSITORY -> folder(item, repositories);
      case FILE, IMAGE_FILES -> download(item);
      case IMAGE -> {} // all of them together, since they share layers
    }
  }

  /// Adds images as one layout, each blob once.
  void add(Images places, List<Image> wanted) throws IOException {
    if (wanted.isEmpty()) return;
    String folder = Survey.CACHES + "images/";
    for (var file : ImageLayout.documents(wanted).entrySet()) {
      tree = tree.bytes(folder + file.getKey(), FILE_MODE, file.getValue());
    }
    Set<Descriptor> blobs = new LinkedHashSet<>();
    for (Image image : wanted) {
      blobs.addAll(image.blobs());
      images.add(described(image));
      imageLines.add(new CachesSection.Image(image.reference().text(), image.target().digest()));
    }
    for (Descriptor blob : blobs) {
      String at = folder + "blobs/sha256/" + blob.digest().hex();
      tree = tree.file(at, places.blob(blob), blob.digest());
    }
  }

  private Release.Image described(Image image) {
    String reference = image.reference().text();
    Digest target = image.target().digest();
    Digest ofPlatform = image.manifest().digest();
    List<Digest> layers =
        contents.composeImages().contains(reference)
            ? image.layers().stream().map(Descriptor::digest).toList()
            : List.of();
    return new Release.Image(
        reference,
        image.platform(),
        target.equals(ofPlatform) ? null : target,
        ofPlatform,
        image.config().digest(),
        layers);
  }

  /// A mirror that is not here, or does not have what the bundle was made of, does not keep the
  /// bundle from being applied; so it is left out, and said.
  private void mirror(Item item, Cancellation cancellation) throws IOException {
    if (item.found().isEmpty()) {
      warnings.add(
          "There is no git mirror of "
              + PlainText.of(item.name())
              + " on this computer, so a device cannot switch to another version of it offline.");
      return;
    }
    Path found = item.found().get();
    if (Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS)) {
      Path file = scratch.resolve(Integer.toString(mirrors.size()));
      try {
        MirrorFile.write(found, commits(item.name()), file, cancellation);
      } catch (Problem problem) {
        String what = problem.what().replace(found.toString(), PlainText.of(item.name()));
        warnings.add("The git mirror is left out. " + what + " " + problem.next());
        return;
      }
      found = file;
    }
    mirrors.add(item.name());
    tree = tree.file(item.place(), found);
  }

  private List<String> commits(String path) throws IOException {
    List<String> commits = new ArrayList<>();
    for (List<Include> includes : List.of(contents.pallets(), contents.repositories())) {
      for (Include each : includes) {
        if (each.path().equals(path) && !each.commit().isEmpty()) commits.add(each.commit());
      }
    }
    if (path.equals(contents.manifest().path())) LocalPallet.head(bundle).ifPresent(commits::add);
    return commits;
  }

  private void folder(Item item, List<String> kind) throws IOException {
    Path folder = item.found().orElseThrow();
    kind.add(item.name());
    tree = tree.folder(item.place(), folder);
    Secrets secrets = Secrets.ofCheckout(folder, item.place());
    heed(secrets, folder, item.place() + "/");
    String repository = item.name().substring(0, item.name().lastIndexOf('@'));
    if (stripSecrets && !secrets.stripped().isEmpty() && mirrors.contains(repository)) {
      warnings.add(
          "Addresses in the history of "
              + PlainText.of(repository)
              + " hold user names or passwords, and its git mirror keeps them.");
    }
  }

  private void download(Item item) throws IOException {
    Path file = item.found().orElseThrow();
    Digest digest = Digest.of(file);
    String path = item.place().substring((Survey.CACHES + "downloads/").length());
    downloads.add(new CachesSection.Download(item.name(), path, digest));
    tree = tree.file(item.place(), file, digest);
  }
}
