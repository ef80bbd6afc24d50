package org.fieldlift.forklift.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.io.Problem;

/// The committer time of the commit a bundle was staged from, as Forklift writes it in version
/// locks (`20241023155628`, UTC).
///
/// A pseudoversion tells it. A tagged version does not; then the bundle's own `pallet/.git` is
/// asked, through the git program.
public final class CommitTime {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);

  private CommitTime() {}

  /// @return 0 when nobody can tell
  public static long of(BundleManifest manifest, Path bundle) throws IOException {
    if (manifest.timestamp() != 0) return manifest.timestamp();
    Path repository = bundle.resolve("pallet/.git");
    return Files.isDirectory(repository) ? ofHead(repository) : 0;
  }

  private static long ofHead(Path repository) throws IOException {
    String seconds;
    try {
      seconds =
          Git.in(repository)
              .ask("show", "--no-patch", "--no-show-signature", "--format=%ct", "HEAD")
              .orElse("");
    } catch (Problem noGit) {
      return 0;
    }
    return seconds.matches("\\d{1,11}")
        ? Long.parseLong(FORM.format(Instant.ofEpochSecond(Long.parseLong(seconds))))
        : 0;
  }
}
