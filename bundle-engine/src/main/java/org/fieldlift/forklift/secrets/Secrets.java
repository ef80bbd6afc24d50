package org.fieldlift.forklift.secrets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fieldlift.forklift.BundleManifest;
import org.jspecify.annotations.Nullable;

/// What a bundle or a cache holds that should not go on a drive unseen: credentials, and places on
/// the machine it was staged on. Searched are the manifest, every package, and what git keeps of a
/// clone beside its objects; earlier commits are not.
///
/// Only what nobody compares is taken out. A file that git tracks stays as it is: without its
/// secret it would be a change of the pallet, and the history would keep the secret all the same. A
/// token in a query stays, because Forklift's cache calls the file after it (decision 22).
///
/// @param warnings sentences for people about all of it, without the secrets themselves
/// @param remaining those about what is there still when it is stripped
/// @param stripped files without their secrets, path below the searched folder → bytes; the folder
///   itself is not touched
public record Secrets(List<String> warnings, List<String> remaining, Map<String, byte[]> stripped) {
  public Secrets {
    warnings = List.copyOf(warnings);
    remaining = List.copyOf(remaining);
    stripped = Map.copyOf(stripped);
  }

  /// Looks through a staged bundle, but for its caches. Links are not followed.
  public static Secrets of(Path bundle) throws IOException {
    Found found = new Found();
    SecretSearch search = new SecretSearch(bundle, "", found);
    search.yaml(BundleManifest.FILE);
    search.packages("packages");
    search.clone("pallet");
    search.clone("merged-pallet");
    return found.secrets();
  }

  /// Looks through a pallet or a repository that a cache holds, checked out and without `.git`.
  ///
  /// @param place what it is called for people
  public static Secrets ofCheckout(Path folder, String place) throws IOException {
    Found found = new Found();
    new SecretSearch(folder.toRealPath(), place + "/", found).packages("");
    return found.secrets();
  }

  /// What a search has found so far. A bundle could be made of nothing else.
  static final class Found {
    private static final int MOST = 200;
    private static final long MOST_STRIPPED = 64 << 20;

    private final List<String> warnings = new ArrayList<>();
    private final List<String> remaining = new ArrayList<>();
    private final Map<String, byte[]> stripped = new TreeMap<>();
    private long bytes;

    /// Something that stays.
    void stays(String warning) {
      add(warnings, warning);
      add(remaining, warning);
    }

    /// Something that is not in these bytes of the file any more.
    void goes(String warning, String file, byte[] without) {
      if (!goes(file, without)) add(remaining, warning);
      add(warnings, warning);
    }

    /// Something that nobody has to be told of.
    ///
    /// @return whether it goes
    boolean goes(String file, byte[] without) {
      byte @Nullable [] earlier = stripped.get(file);
      long more = without.length - (earlier == null ? 0 : earlier.length);
      if (bytes + more > MOST_STRIPPED) return false;
      bytes += more;
      stripped.put(file, without);
      return true;
    }

    private static void add(List<String> sentences, String sentence) {
      if (sentences.size() < MOST) sentences.add(sentence);
      if (sentences.size() == MOST) sentences.add("There is more of this kind.");
    }

    private Secrets secrets() {
      return new Secrets(warnings, remaining, stripped);
    }
  }
}
