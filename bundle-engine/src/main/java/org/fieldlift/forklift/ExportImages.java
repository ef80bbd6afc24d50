package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.fieldlift.io.DirectoryTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Yaml;

/// The images whose files a bundle exports. The manifest mixes them with the images of apps, so the
/// packages themselves are asked: an export counts when it belongs to the deployment or to one of
/// its enabled features.
final class ExportImages {
  private static final String OF_AN_IMAGE = "oci-image";

  private ExportImages() {}

  static Set<String> of(Path bundle, ManifestSections sections) throws IOException {
    Set<String> images = new TreeSet<>();
    DirectoryTree tree = new DirectoryTree(bundle);
    Section deploys = sections.all().section("deploys");
    for (var deploy : sections.packageFolders().entrySet()) {
      String file = deploy.getValue() + "/" + BundleManifest.PACKAGE;
      byte[] yaml = tree.bytes(file, Yaml.LARGEST).orElseThrow(() -> missing(bundle, file));
      Section all = new Section(Yaml.readMap(yaml, file), PlainText.of(file), "");
      List<Section> enabled = new ArrayList<>(List.of(all.section("deployment")));
      for (String feature : deploys.section(deploy.getKey()).texts("features")) {
        enabled.add(all.section("features").section(feature));
      }
      for (Section part : enabled) add(part, images);
    }
    return images;
  }

  private static void add(Section part, Set<String> images) throws Problem {
    for (Section export : part.section("provides").list("file-exports")) {
      if (export.text("source-type").equals(OF_AN_IMAGE)) images.add(export.text("url"));
    }
  }

  private static Problem missing(Path bundle, String file) {
    return Problem.failed(
        "The bundle " + bundle + " has no file " + PlainText.of(file) + ".",
        "Forklift cannot apply a bundle without it; stage the bundle again.");
  }
}
