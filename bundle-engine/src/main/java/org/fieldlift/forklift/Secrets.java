package org.fieldlift.forklift;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;

/// What a bundle holds that should not go on a drive unseen: credentials, and places on the machine
/// it was staged on. Found in the manifest, the deployed packages, and the settings of the clones.
///
/// @param warnings sentences for people, without the secrets themselves
/// @param stripped files without them, path in the bundle → bytes; the bundle itself is not touched
public record Secrets(List<String> warnings, Map<String, byte[]> stripped) {
  /// Real files of these kinds have some kilobytes.
  private static final int LARGEST = 1 << 20;

  private static final List<String> CLONES = List.of("pallet", "merged-pallet");
  private static final List<String> PASSWORD_FILES =
      List.of(".git-credentials", ".git/credentials", ".netrc", "_netrc");

  public Secrets {
    warnings = List.copyOf(warnings);
    stripped = Map.copyOf(stripped);
  }

  /// Looks through a staged bundle. Links are not followed.
  public static Secrets of(Path bundle) throws IOException {
    Search search = new Search(bundle);
    ManifestSections sections = BundleManifest.sections(bundle);
    search.addresses(
        BundleManifest.FILE,
        "The addresses of downloads in " + BundleManifest.FILE + " hold user names or passwords.");
    for (String folder : sections.packageFolders().values().stream().distinct().toList()) {
      String file = folder + "/" + BundleManifest.PACKAGE;
      search.addresses(
          file,
          "The addresses of downloads in "
              + PlainText.of(file)
              + " hold user names or passwords; the pallet's history does, too, and keeps them.");
    }
    for (String clone : CLONES) {
      for (String name : PASSWORD_FILES) search.passwordFile(clone + "/" + name);
      search.config(clone + "/.git/config");
      search.logs(clone + "/.git");
    }
    return new Secrets(search.warnings, search.stripped);
  }

  /// One walk through the places where such things are.
  private static final class Search {
    private final Path bundle;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, byte[]> stripped = new TreeMap<>();

    Search(Path bundle) {
      this.bundle = bundle;
    }

    void addresses(String file, String warning) throws IOException {
      if (!isFile(file)) return;
      byte[] bytes = Limits.readFile(bundle.resolve(file), LARGEST);
      String text = new String(bytes, ISO_8859_1);
      if (!Credentials.areIn(text)) return;
      warnings.add(warning);
      stripped.put(file, Credentials.removed(text).getBytes(ISO_8859_1));
    }

    void passwordFile(String file) throws IOException {
      if (!isFile(file) || Files.size(bundle.resolve(file)) == 0) return;
      warnings.add("The file " + file + " is made for passwords.");
      stripped.put(file, new byte[0]);
    }

    void config(String file) throws IOException {
      if (!isFile(file)) return;
      GitConfig config = GitConfig.read(bundle.resolve(file));
      for (GitConfig.Setting each : config.settings()) {
        ConfigRisk.of(each).ifPresent(risk -> warnings.add(risk + " (in " + file + ")."));
      }
      GitConfig portable = PalletConfig.portable(config);
      if (!portable.equals(config)) stripped.put(file, portable.bytes());
    }

    void logs(String git) throws IOException {
      String warning = " notes an address with a user name or password.";
      addresses(git + "/FETCH_HEAD", git + "/FETCH_HEAD" + warning);
      Path logs = bundle.resolve(git).resolve("logs");
      if (!Files.isDirectory(logs, LinkOption.NOFOLLOW_LINKS)) return;
      try (var all = Files.walk(logs)) {
        for (Path each : all.sorted().toList()) {
          String file = bundle.relativize(each).toString();
          addresses(file, PlainText.of(file) + warning);
        }
      }
    }

    private boolean isFile(String file) {
      Path at = bundle;
      for (Path name : Path.of(file).resolveSibling("")) {
        at = at.resolve(name);
        if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) return false;
      }
      return Files.isRegularFile(bundle.resolve(file), LinkOption.NOFOLLOW_LINKS);
    }
  }
}
