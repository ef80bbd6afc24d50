package org.fieldlift.forklift;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.SafePath;

/// Under which names Forklift keeps downloaded files, relative to `downloads`. A file that lies
/// there is taken for the download without any check, so the names must be exactly Forklift's.
///
/// The names know no platform: one workspace serves one.
public final class DownloadCache {
  private static final String FILES = "http-files";
  private static final String IMAGES = "oci-image-fs-tarballs";

  /// What go-containerregistry accepts when it is strict, but for the registry's host: a registry,
  /// a repository, a tag and a digest.
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<registry>[^/@]*[.:][^/@]*)/(?<repository>[a-z0-9_./-]{2,255})"
              + "(?<tag>:[A-Za-z0-9_.-]{1,127})?(?<digest>@sha256:[0-9a-f]{64})?");

  private DownloadCache() {}

  /// Where the file of an HTTP address lies. Scheme and credentials are not part of the name.
  ///
  /// @throws Problem for an address that cannot be downloaded, or whose `..` lead out of the folder
  ///   of such files (CWE-22)
  public static String ofUrl(String url) throws Problem {
    String name = GoUrl.parse(url).name();
    return inside(FILES, name, "the file " + GoUrl.shown(url));
  }

  /// Where the flattened file system of an image lies. The platform is not part of the name, nor is
  /// a tag beside a digest.
  ///
  /// @param reference as the package writes it; Forklift wants the registry in it
  /// @throws Problem for a reference Forklift refuses, or whose `..` lead out of the folder of such
  ///   files (CWE-22)
  public static String ofImage(String reference) throws Problem {
    Matcher parts = REFERENCE.matcher(reference);
    if (!parts.matches() || !isHost(parts.group("registry"))) throw incomplete(reference);
    String registry = parts.group("registry");
    String repository = parts.group("repository");
    String digest = parts.group("digest");
    String version = digest != null ? digest : parts.group("tag");
    if (registry.equals("docker.io")) registry = "index.docker.io";
    boolean library = registry.equals("index.docker.io") && repository.indexOf('/') < 0;
    if (version == null || library) throw incomplete(reference);
    String name = registry + "/" + repository + version;
    return inside(IMAGES, name.replace(':', '/') + ".tar", "the image " + PlainText.of(reference));
  }

  /// The address without user name and password, else as it was written.
  ///
  /// @throws Problem for an address that cannot be downloaded
  public static String withoutCredentials(String url) throws Problem {
    return GoUrl.parse(url).withoutCredentials();
  }

  private static boolean isHost(String registry) {
    try {
      return GoUrl.host(registry).equals(registry);
    } catch (IllegalArgumentException refusedByGo) {
      return false;
    }
  }

  /// Go's `path.Clean` over the whole name, the query of an address included.
  private static String inside(String folder, String name, String what) throws Problem {
    Deque<String> clean = new ArrayDeque<>();
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) continue;
      if (!part.equals("..")) clean.addLast(part);
      else if (clean.pollLast() == null) throw impossible(what, "leads out of its folder");
    }
    String path = folder + "/" + String.join("/", clean);
    if (clean.isEmpty()) throw impossible(what, "leads out of its folder");
    var fault = SafePath.fault(path);
    if (fault.isPresent()) throw impossible(what, fault.get());
    return path;
  }

  private static Problem incomplete(String reference) {
    return Problem.failed(
        "The bundle exports files of the image "
            + PlainText.of(reference)
            + ", which Forklift would not accept.",
        "Write registry, path and tag or digest in the package (docker.io/library/alpine:3.20) and"
            + " stage the pallet again.");
  }

  private static Problem impossible(String what, String fault) {
    return Problem.failed(
        "The name of " + what + " in the download cache " + fault + ".",
        "Do not use this bundle; ask where it came from.");
  }
}
