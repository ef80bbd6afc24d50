package org.fieldlift.field;

import java.io.IOException;
import java.util.Optional;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.StagedBundle;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.release.Release;

/// What an import would do, told without doing it: every byte of the release is read, nothing is
/// changed.
record Foresight(Arrival arrival) {

  Foreseen of(boolean setNext, CachesKept caches, Progress progress, Cancellation cancellation)
      throws IOException {
    try {
      arrival.requireWelcome();
      Arrival.Found found = arrival.look(caches, progress, cancellation);
      Optional<String> lack = arrival.lack(found);
      Preview preview = new Preview();
      arrival.read(preview, () -> {}, progress, cancellation);
      BundleManifest manifest = arrival.agreeing(preview::manifest);
      Release release = arrival.release();
      if (release.images().isEmpty()) {
        arrival.asked(() -> arrival.images().found(manifest.images(), setNext, cancellation));
      }
      return new ImportPlan(
          arrival.id(),
          release.label(),
          arrival.verdict(),
          found.copy().map(StagedBundle::index),
          Room.needed(release.entries()),
          lack,
          Preview.apps(manifest, arrival.store()),
          release.images().stream()
              .map(Release.Image::reference)
              .filter(manifest.images()::contains)
              .map(each -> new ImportPlan.Image(each, found.docker().there().contains(each)))
              .toList());
    } catch (Arrival.NotComing refusal) {
      return new Foreseen.Refused(refusal.refused());
    }
  }
}
