package org.fieldlift.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.trust.TrustStore;
import org.fieldlift.trust.Verdict;

/// Which release a device takes, of those that a drive brings.
///
/// @param platform what the device is
/// @param wanted what the person named; nothing to leave it to what suits
record ReleaseForDevice(TrustStore trust, String platform, Optional<String> wanted) {
  private record Arrived(OpenRelease source, Release release) {
    boolean fits(String words) throws IOException {
      if (ReleaseName.looksLikeId(words)) {
        String id = words.startsWith("sha256:") ? words.substring("sha256:".length()) : words;
        if (source.signed().id().hex().startsWith(id)) return true;
      }
      return ReleaseName.of(words).fits(release.product(), release.label(), release.platform());
    }

    boolean suits(String device) {
      return release.suits(device) && release.kind() == Release.Kind.FORKLIFT_BUNDLE;
    }

    String words() {
      return PlainText.of(
          release.product() + "@" + release.label() + " (" + release.platform() + ")");
    }
  }

  /// The one to take; the others are closed. A single release is taken whatever it is: the import
  /// says what is wrong with it. Of several, those that are not genuine do not count while one is.
  ///
  /// @throws Problem when none is meant, or it is not clear which
  OpenRelease among(List<OpenRelease> found) throws IOException {
    OpenRelease chosen = null;
    try {
      chosen = chosen(found);
      return chosen;
    } finally {
      for (OpenRelease each : found) if (!each.equals(chosen)) each.close();
    }
  }

  private OpenRelease chosen(List<OpenRelease> found) throws IOException {
    List<Arrived> all = new ArrayList<>();
    for (OpenRelease each : found) all.add(new Arrived(each, each.signed().release()));
    List<Arrived> meant = new ArrayList<>();
    for (Arrived each : all) if (wanted.isEmpty() || each.fits(wanted.get())) meant.add(each);
    if (meant.isEmpty()) {
      throw Problem.usage(
          "There is no release " + PlainText.of(wanted.orElse("")) + " there.",
          "There are: " + list(all) + ".");
    }
    if (meant.size() == 1) return meant.getFirst().source();
    List<Arrived> suiting = meant.stream().filter(each -> each.suits(platform)).toList();
    if (suiting.isEmpty()) {
      throw Problem.failed(
          "Nothing there is for " + platform + ": " + list(meant) + ".",
          "Ask for a drive with a release for this platform.");
    }
    List<Arrived> genuine = new ArrayList<>();
    for (Arrived each : suiting) {
      if (each.source().signed().judge(trust) instanceof Verdict.Genuine) genuine.add(each);
    }
    List<Arrived> left = genuine.isEmpty() ? suiting : genuine;
    if (left.stream().map(each -> each.release().product()).distinct().count() > 1) {
      throw Problem.usage(
          "There are releases of several products for this device: " + list(left) + ".",
          "Say which to take with --release.");
    }
    return left.stream()
        .max(Comparator.comparingLong(each -> each.release().sequence()))
        .orElseThrow()
        .source();
  }

  private static String list(List<Arrived> candidates) {
    return candidates.stream().map(Arrived::words).sorted().collect(Collectors.joining(", "));
  }
}
