package org.fieldlift.field;

import java.io.IOException;
import java.util.Optional;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release;
import org.fieldlift.trust.Verdict;

/// Compares what a bundle says it is with what was signed.
///
/// Stops a bundle that is signed as one pallet or version and would be used as another: the rules
/// of trust were asked about the signed one only.
record Agreement(Release release, Verdict verdict) {
  private static final String NEXT = "Tell its maker; do not use this release.";

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
