package org.fieldlift.field;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fieldlift.archive.Entry;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release;
import org.fieldlift.trust.Verdict;

/// Compares what a bundle says it is with what was signed, and its folders with what they have to
/// be.
///
/// Stops a bundle that is signed as one pallet or version and would be used as another: the rules
/// of trust were asked about the signed one only.
record Agreement(Release release, Verdict verdict) {
  private static final String NEXT = "Tell its maker; do not use this release.";
  private static final Pattern FOLDER = Pattern.compile("pallet|caches(/[^/]+)?");

  @FunctionalInterface
  interface Manifest {
    BundleManifest read() throws IOException;
  }

  /// Why the bundle must not be used; nothing when it is what was signed.
  Optional<Refused> refusal(Manifest said) throws IOException {
    BundleManifest manifest;
    try {
      manifest = said.read();
    } catch (Problem problem) {
      return Optional.of(new Refused(Refusal.DAMAGED, verdict, problem.what(), NEXT));
    }
    for (Entry entry : release.entries()) {
      if (entry.type() != Entry.Type.SYMLINK || !FOLDER.matcher(entry.path()).matches()) continue;
      String why =
          "The bundle's " + PlainText.of(entry.path()) + " is a link; a folder should be there.";
      return Optional.of(new Refused(Refusal.DAMAGED, verdict, why, NEXT));
    }
    if (manifest.path().equals(release.product())
        && manifest.version().equals(release.version())
        && manifest.clean() == release.clean()) {
      return Optional.empty();
    }
    String found = manifest.path() + " " + manifest.version() + (manifest.clean() ? "" : "-dirty");
    String why =
        "The release is signed as %s, but the bundle in it is %s."
            .formatted(Gate.name(release), PlainText.of(found));
    return Optional.of(new Refused(Refusal.DAMAGED, verdict, why, NEXT));
  }
}
