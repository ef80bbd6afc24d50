package org.fieldlift.forklift.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.git.TrackedFiles;
import org.fieldlift.forklift.secrets.Secrets.Found;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Yaml;
import org.jspecify.annotations.Nullable;

/// One walk through the places where secrets are. Links are not followed.
///
/// @param root the searched folder
/// @param shown what stands before a path for people
record SecretSearch(Path root, String shown, Found found) {
  private static final Set<String> PASSWORD_FILES = Set.of(".git-credentials", ".netrc", "_netrc");
  private static final String TRACKED =
      "; git tracks the file, so --strip-secrets leaves it, and the history keeps them.";
  private static final String TOO_LARGE = "; it is so large that --strip-secrets leaves it.";

  /// A clone of a pallet, or what was made of one.
  ///
  /// @param folder below the root
  void clone(String folder) throws IOException {
    Path place = root.resolve(folder);
    if (isFolder(place)) walk(place, null, false);
  }

  /// Packages without git, as apps have them mounted.
  ///
  /// @param folder below the root; "" for the root itself
  void packages(String folder) throws IOException {
    Path place = root.resolve(folder);
    if (isFolder(place)) walk(place, null, true);
  }

  /// Addresses in a file of Forklift's, if it is there.
  void yaml(String path) throws IOException {
    if (isFile(root.resolve(path))) yaml(path, null);
  }

  private void walk(Path folder, @Nullable TrackedFiles outer, boolean isOfApps)
      throws IOException {
    Optional<TrackedFiles> own = TrackedFiles.of(folder);
    TrackedFiles clone = own.orElse(outer);
    try {
      for (Path child : children(folder)) {
        String path = root.relativize(child).toString();
        if (isFile(child)) file(path, clone, isOfApps);
        else if (!isFolder(child)) continue;
        else if (child.endsWith(".git")) new GitFolderSearch(root, shown, found).search(path);
        else walk(child, clone, isOfApps);
      }
    } finally {
      if (own.isPresent()) own.get().close();
    }
  }

  private void file(String path, @Nullable TrackedFiles clone, boolean isOfApps)
      throws IOException {
    String name = root.resolve(path).getFileName().toString();
    if (name.equals(BundleManifest.PACKAGE)) {
      yaml(path, clone);
    } else if (name.equals(".gitmodules")) {
      new NotedAddresses(root, shown, found).search(path, !isTracked(path, clone), TRACKED);
    } else if (PASSWORD_FILES.contains(name) && Files.size(root.resolve(path)) > 0) {
      String made = "The file " + PlainText.of(shown + path) + " is made for passwords";
      if (isOfApps) found.stays(made + "; an app may need it, so --strip-secrets leaves it.");
      else if (isTracked(path, clone)) found.stays(made + TRACKED);
      else found.goes(made + ".", path, new byte[0]);
    }
  }

  private void yaml(String path, @Nullable TrackedFiles clone) throws IOException {
    Path file = root.resolve(path);
    if (Files.size(file) > Yaml.LARGEST) {
      new NotedAddresses(root, shown, found).search(path, false, TOO_LARGE);
      return;
    }
    YamlSecrets secrets = YamlSecrets.of(Limits.readFile(file, Yaml.LARGEST));
    String addresses = "Addresses in " + PlainText.of(shown + path) + " hold ";
    if (!secrets.tokens().isEmpty()) {
      found.stays(
          addresses
              + "what may be a token ("
              + PlainText.of(String.join(", ", secrets.tokens()))
              + "); Forklift's cache names the file after it, so --strip-secrets leaves it.");
    }
    if (!secrets.credentials()) return;
    addresses += "user names or passwords";
    if (isTracked(path, clone)) {
      found.stays(addresses + TRACKED);
    } else if (secrets.stripped().isEmpty()) {
      found.stays(addresses + ", written so that --strip-secrets leaves them.");
    } else {
      found.goes(addresses + ".", path, secrets.stripped().get());
    }
  }

  private boolean isTracked(String path, @Nullable TrackedFiles clone) throws IOException {
    return clone != null && clone.has(root.resolve(path));
  }

  /// What lies in a folder, in a fixed order.
  static List<Path> children(Path folder) throws IOException {
    List<Path> children = new ArrayList<>();
    try (var all = Files.newDirectoryStream(folder)) {
      all.forEach(children::add);
    }
    children.sort(null);
    return children;
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }
}
