package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The committer time of the commit a bundle was staged from, as Forklift writes it in version
/// locks (`20241023155628`, UTC).
///
/// A pseudoversion tells it. A tagged version does not; then the bundle's own `pallet/.git` is
/// asked, through the git program, with every setting that could run something switched off.
public final class CommitTime {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);
  private static final int SECONDS_TO_ANSWER = 10;
  private static final int LONGEST_ANSWER = 100;

  private CommitTime() {}

  /// @return 0 when nobody can tell
  public static long of(BundleManifest manifest, Path bundle) throws IOException {
    if (manifest.timestamp() != 0) return manifest.timestamp();
    Path repository = bundle.resolve("pallet/.git");
    return Files.isDirectory(repository) ? ofHead(repository) : 0;
  }

  private static long ofHead(Path repository) throws IOException {
    ProcessBuilder git =
        new ProcessBuilder(
            List.of(
                "git",
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.hooksPath=/dev/null",
                "-c",
                "safe.directory=*",
                "--no-pager",
                "--git-dir=" + repository.toAbsolutePath(),
                "show",
                "--no-patch",
                "--no-show-signature",
                "--format=%ct",
                "HEAD"));
    git.environment().putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null"));
    git.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = git.start();
    } catch (IOException notInstalled) {
      return 0;
    }
    try {
      byte[] answer = process.getInputStream().readNBytes(LONGEST_ANSWER);
      if (!process.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return 0;
      }
      String seconds = new String(answer, StandardCharsets.US_ASCII).strip();
      return seconds.matches("\\d{1,11}")
          ? Long.parseLong(FORM.format(Instant.ofEpochSecond(Long.parseLong(seconds))))
          : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    } finally {
      process.destroyForcibly();
    }
  }
}
