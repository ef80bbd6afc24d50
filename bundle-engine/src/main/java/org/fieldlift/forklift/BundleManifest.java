package org.fieldlift.forklift;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Yaml;

/// `forklift-bundle.yml`, as far as Fieldlift needs it. Original bytes are never rewritten.
///
/// @param path the pallet's path
/// @param version the pallet's version; "" when Forklift did not know it
/// @param timestamp the version's commit time as a number (`20241023155628`); 0 when the version
///   does not tell
/// @param deployments names of the deployments it applies
/// @param images those its apps run, exactly as the compose files write them, sorted
public record BundleManifest(
    String forkliftVersion,
    String path,
    String version,
    boolean clean,
    String description,
    long timestamp,
    List<String> deployments,
    List<String> images) {

  public static final String FILE = "forklift-bundle.yml";
  private static final String REPOSITORY = "packages/forklift-repository.yml";
  public static final String PACKAGE = "forklift-package.yml";

  public BundleManifest {
    deployments = List.copyOf(deployments);
    images = List.copyOf(images);
  }

  /// Reads the manifest Forklift writes since v0.8.0-alpha.6; unknown keys are passed over.
  ///
  /// @throws Problem for an older dialect, a duplicate key, an include without a version, and for a
  ///   manifest that deploys nothing, which would make Forklift remove every app
  public static BundleManifest parse(byte[] yaml) throws IOException {
    return ManifestSections.read(yaml).manifest();
  }

  /// Reads the manifest of a staged bundle and checks what Forklift itself would need to apply it.
  ///
  /// @throws Problem that names the missing or wrong file
  public static BundleManifest read(Path bundle) throws IOException {
    return checked(sections(bundle), file -> isFile(bundle, file), "The bundle " + bundle);
  }

  /// The same for a bundle that is still packed.
  ///
  /// @param yaml its manifest
  /// @param isFile whether it has a regular file of this path
  public static BundleManifest read(byte[] yaml, Predicate<String> isFile) throws IOException {
    return checked(ManifestSections.read(yaml), isFile, "The bundle");
  }

  private static BundleManifest checked(
      ManifestSections sections, Predicate<String> isFile, String bundle) throws Problem {
    requireVersion(sections.manifest().forkliftVersion());
    List<String> needed = new ArrayList<>(List.of(REPOSITORY));
    for (String folder : sections.packageFolders().values()) needed.add(folder + "/" + PACKAGE);
    for (String file : needed) if (!isFile.test(file)) throw lacking(bundle, file);
    return sections.manifest();
  }

  /// What apps of a staged bundle have mounted, and may write to: paths in the bundle, some with a
  /// `/` at the end, and absolute ones outside of it.
  ///
  /// @throws Problem as [#parse] does
  public static List<String> mounts(Path bundle) throws IOException {
    return sections(bundle).mounts();
  }

  static ManifestSections sections(Path bundle) throws IOException {
    if (!isFile(bundle, FILE)) throw lacking("The bundle " + bundle, FILE);
    long size = Files.size(bundle.resolve(FILE));
    if (size > Yaml.LARGEST) {
      throw Problem.failed(
          "%s has %d bytes; Fieldlift reads at most %d.".formatted(FILE, size, Yaml.LARGEST),
          "Stage the pallet again with fewer deployments.");
    }
    try (InputStream in = Files.newInputStream(bundle.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
      return ManifestSections.read(Limits.readAtMost(in, Yaml.LARGEST, FILE));
    }
  }

  /// Forklift refuses bundles that declare less than v0.7.0 or no version at all.
  private static void requireVersion(String declared) throws Problem {
    Matcher version = VersionLock.VERSION.matcher(declared);
    if (version.matches()
        && (!version.group(1).equals("0") || Long.parseLong(version.group(2)) >= 7)) {
      return;
    }
    throw Problem.failed(
        FILE + " declares the Forklift version \"" + PlainText.of(declared) + "\".",
        "Forklift needs v0.7.0 or newer there; stage the bundle again.");
  }

  private static boolean isFile(Path bundle, String file) {
    return Files.isRegularFile(bundle.resolve(file), LinkOption.NOFOLLOW_LINKS);
  }

  private static Problem lacking(String bundle, String file) {
    return Problem.failed(
        bundle + " has no file " + PlainText.of(file) + ".",
        "Forklift cannot apply a bundle without it; stage the bundle again.");
  }
}
