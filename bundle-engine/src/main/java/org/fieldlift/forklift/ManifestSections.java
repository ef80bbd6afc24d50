package org.fieldlift.forklift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.SafePath;
import org.fieldlift.io.Yaml;

/// A bundle manifest taken apart: the manifest as others see it and what only the check of a bundle
/// needs.
///
/// @param all the whole file
/// @param packages deployment → its package, as the manifest writes it
record ManifestSections(BundleManifest manifest, Section all, Map<String, String> packages) {
  private static final List<String> MOUNTS = List.of("created-bind-mounts", "required-bind-mounts");
  private static final Pattern PSEUDOVERSION_TIME = Pattern.compile("[-.](\\d{14})-[0-9a-f]{12}$");

  /// Reads the dialect Forklift writes since v0.8.0-alpha.6.
  static ManifestSections read(byte[] yaml) throws Problem {
    Section all = new Section(Yaml.readMap(yaml, BundleManifest.FILE), BundleManifest.FILE, "");
    Section pallet = all.section("pallet");
    refuseEmpty(all, pallet);
    refuseOldDialect(all.section("downloads"));
    refuseOldDialect(all.section("exports"));
    checkLocks(all.section("includes").section("pallets"));
    checkLocks(all.section("includes").section("repositories"));
    Map<String, String> packages = new LinkedHashMap<>();
    for (var deploy : all.section("deploys").sections().entrySet()) {
      packages.put(deploy.getKey(), deploy.getValue().text("package"));
    }
    String version = pallet.text("version");
    return new ManifestSections(
        new BundleManifest(
            all.text("forklift-version"),
            pallet.text("path"),
            version,
            pallet.flag("clean"),
            pallet.text("description"),
            timestamp(version),
            new ArrayList<>(packages.keySet()),
            images(all)),
        all,
        packages);
  }

  private static List<String> images(Section all) throws Problem {
    Set<String> images = new TreeSet<>();
    for (Section exports : all.section("exports").sections().values()) {
      images.addAll(exports.section("compose-app").texts("images"));
    }
    images.remove(""); // an app that is built from source
    return List.copyOf(images);
  }

  /// What apps get mounted from the bundle or the device, as the manifest writes it.
  List<String> mounts() throws Problem {
    List<String> mounts = new ArrayList<>();
    for (Section deployment : all.section("exports").sections().values()) {
      Section app = deployment.section("compose-app");
      for (String name : MOUNTS) mounts.addAll(app.texts(name));
    }
    return List.copyOf(mounts);
  }

  /// Deployment → the folder of its package, relative to the bundle.
  ///
  /// @throws Problem for a name that leads out of the bundle's packages (CWE-22)
  Map<String, String> packageFolders() throws Problem {
    Map<String, String> folders = new LinkedHashMap<>();
    for (var deploy : packages.entrySet()) {
      String name = deploy.getValue();
      String relative = name.startsWith("/") ? name.substring(1) : name;
      if (SafePath.fault(relative).isPresent()) {
        throw Problem.failed(
            "The deployment "
                + PlainText.of(deploy.getKey())
                + " names the impossible package \""
                + PlainText.of(name)
                + "\".",
            "Forklift cannot apply this bundle; stage it again.");
      }
      folders.put(deploy.getKey(), "packages/" + relative);
    }
    return folders;
  }

  /// Stops a manifest that was cut off, or holds nothing but a version: Forklift applies it without
  /// a word and removes every app of the device.
  private static void refuseEmpty(Section all, Section pallet) throws Problem {
    if (pallet.text("path").isEmpty()) {
      throw Problem.failed(
          all.file() + " does not say which pallet it is of; it is empty or was cut off.",
          "Do not apply it: Forklift would remove every app. Stage the bundle again.");
    }
    if (!all.has("deploys")) {
      throw Problem.failed(
          all.file()
              + " of "
              + PlainText.of(pallet.text("path"))
              + " deploys nothing; perhaps it was cut off.",
          "Do not apply it: Forklift would remove every app. Stage the bundle again.");
    }
  }

  private static void refuseOldDialect(Section section) throws Problem {
    if (!section.holdsLists()) return;
    throw Problem.failed(
        section.file() + " was written by a Forklift older than v0.8.0-alpha.6.",
        "Forklift today cannot read it either; stage the pallet again with a newer Forklift.");
  }

  private static void checkLocks(Section includes) throws Problem {
    for (Section include : includes.sections().values()) {
      VersionLock.read(include.section("version-lock"));
    }
  }

  private static long timestamp(String version) {
    Matcher time = PSEUDOVERSION_TIME.matcher(version);
    return time.find() ? Long.parseLong(time.group(1)) : 0;
  }
}
