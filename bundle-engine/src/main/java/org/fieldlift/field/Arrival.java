package org.fieldlift.field;

import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.EntrySink;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.forklift.BundleManifest;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.forklift.StagedBundle;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.trust.Verdict;

/// One genuine release that arrives at a device: why it may not come in, and what the device has of
/// it already. What an import does and what its dry run says both begin here.
///
/// @param release what the source's signed bytes say
/// @param verdict what was judged of them
record Arrival(
    StageStore store,
    Gate gate,
    Room room,
    DeviceImages images,
    OpenRelease source,
    Release release,
    Verdict.Genuine verdict) {
  static final String MAKE_ROOM =
      "Remove bundles nobody needs (forklift stage prune-bun) and their images (fieldlift image"
          + " prune --from-docker), then import again.";

  /// What is there before anything is read.
  ///
  /// @param copy a bundle of the store that is this release
  /// @param docker what Docker has of its images
  /// @param isRead whether it has to be read
  record Found(Optional<StagedBundle> copy, DeviceImages.Outlook docker, boolean isRead) {}

  /// A question to Docker.
  @FunctionalInterface
  interface Question<T> {
    T ask() throws IOException;
  }

  /// The release cannot come in.
  static final class NotComing extends IOException {
    @Serial private static final long serialVersionUID = 1;
    private final transient Refused refused;

    NotComing(Refused refused) {
      super(refused.why());
      this.refused = refused;
    }

    Refused refused() {
      return refused;
    }
  }

  Digest id() throws IOException {
    return source.signed().id();
  }

  /// @throws NotComing when it is not for this device now, or Forklift is at work
  void requireWelcome() throws IOException {
    Optional<Refused> refusal = gate.refusal(release, verdict);
    if (refusal.isPresent()) throw new NotComing(refusal.get());
    try {
      store.requireNoSwapFile();
    } catch (Problem problem) {
      throw notComing(Refusal.STORE_BUSY, problem);
    }
  }

  /// Looks what is there.
  ///
  /// @param caches what is to become of those it brings
  /// @throws NotComing when it brings images and Docker does not answer
  Found look(CachesKept caches, Progress progress, Cancellation cancellation) throws IOException {
    progress.step("Looking what is there already");
    StagedCopy same = new StagedCopy(release.entries(), cancellation);
    Optional<StagedBundle> copy = same.in(store);
    DeviceImages.Outlook docker = asked(() -> images.outlook(release, cancellation));
    boolean isEnough =
        copy.isPresent()
            && (same.hasCaches(copy.get().folder())
                || (caches == CachesKept.DROP && hasImages(docker, copy.get())));
    return new Found(copy, docker, !isEnough);
  }

  /// One sentence when there is too little room for what would be written, to the stage store and
  /// to Docker.
  Optional<String> lack(Found found) throws IOException {
    List<Room.Need> needs = new ArrayList<>();
    if (found.isRead()) {
      long needed = Room.needed(release.entries());
      needs.add(new Room.Need(Gate.name(release), store.folder(), needed));
    }
    found.docker().need().ifPresent(needs::add);
    return room.lack(needs);
  }

  /// Reads all of it.
  ///
  /// @param end the last step of whoever takes it in
  /// @throws NotComing when a byte is not what was signed
  void read(EntrySink sink, Reading.End end, Progress progress, Cancellation cancellation)
      throws IOException {
    Optional<Reading.Damage> damage =
        new Reading(source, release.entries()).into(sink, end, progress, cancellation);
    if (damage.isEmpty()) return;
    throw new NotComing(refused(damage.get().refusal(), damage.get().why(), damage.get().next()));
  }

  /// The bundle's manifest.
  ///
  /// @throws NotComing when it is signed as one version and would be applied as another, or cannot
  ///   be applied at all
  BundleManifest agreeing(Agreement.Manifest said) throws IOException {
    Optional<Refused> refusal = new Agreement(release, verdict).refusal(said);
    if (refusal.isPresent()) throw new NotComing(refusal.get());
    return said.read();
  }

  /// What Docker answers.
  ///
  /// @throws NotComing when its trouble is in the way of the release
  <T> T asked(Question<T> question) throws IOException {
    try {
      return question.ask();
    } catch (Problem problem) {
      throw notComing(Refusal.IMAGES, problem);
    }
  }

  /// Caches that are to be dropped are not missed, unless they hold images that Docker lacks.
  private boolean hasImages(DeviceImages.Outlook docker, StagedBundle copy) throws IOException {
    if (!images.areWanted()) return true;
    List<String> run = BundleManifest.read(copy.folder()).images();
    return release.images().stream()
        .map(Release.Image::reference)
        .filter(run::contains)
        .allMatch(docker.there()::contains);
  }

  Refused refused(Refusal refusal, String why, String next) {
    return new Refused(refusal, verdict, why, next);
  }

  private NotComing notComing(Refusal refusal, Problem problem) {
    return new NotComing(refused(refusal, problem.what(), problem.next()));
  }
}
