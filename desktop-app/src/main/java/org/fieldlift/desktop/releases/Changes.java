package org.fieldlift.desktop.releases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.fieldlift.io.PlainText;
import org.fieldlift.release.Release;
import org.fieldlift.release.Release.Image;

/// What one release has that another has not.
///
/// @param images images in the newer release
/// @param newImages those whose manifest the older one lacks
/// @param downloads downloads in the newer release
/// @param newDownloads those whose content the older one lacks
record Changes(List<Change> apps, int images, long newImages, int downloads, long newDownloads) {
  /// What became of an app.
  sealed interface Change {
    String app();
  }

  record Added(String app, String version) implements Change {}

  record Changed(String app, String from, String to) implements Change {}

  record Removed(String app, String version) implements Change {}

  static Changes between(Release older, Release newer) {
    Map<String, String> before = versions(older.images());
    Map<String, String> after = versions(newer.images());
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<Change> apps = new ArrayList<>();
    for (String name : names) {
      String from = before.get(name);
      String to = after.get(name);
      if (from == null && to != null) apps.add(new Added(name, to));
      if (from != null && to == null) apps.add(new Removed(name, from));
      if (from != null && to != null && !from.equals(to)) apps.add(new Changed(name, from, to));
    }
    var oldManifests = older.images().stream().map(Image::manifest).toList();
    var oldContents = older.downloads().stream().map(Release.Download::sha256).toList();
    return new Changes(
        apps,
        newer.images().size(),
        newer.images().stream().filter(image -> !oldManifests.contains(image.manifest())).count(),
        newer.downloads().size(),
        newer.downloads().stream().filter(file -> !oldContents.contains(file.sha256())).count());
  }

  /// Image name → tag. `ghcr.io/lab/segmenter:3.2@sha256:…` is the app "segmenter" at "3.2"; an
  /// image that has no tag is known by the beginning of its digest.
  private static Map<String, String> versions(List<Image> images) {
    Map<String, String> versions = new LinkedHashMap<>();
    for (Image image : images) {
      String reference = image.reference().split("@", 2)[0];
      String last = reference.substring(reference.lastIndexOf('/') + 1);
      int colon = last.indexOf(':');
      versions.put(
          PlainText.of(colon < 0 ? last : last.substring(0, colon)),
          colon < 0 ? image.manifest().brief() : PlainText.of(last.substring(colon + 1)));
    }
    return versions;
  }
}
