package org.fieldlift.release;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.archive.ArchiveCheck;
import org.fieldlift.archive.EntrySink;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.PartSink;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// Reads every byte of a release, in whatever form, and compares it with the entries that were
/// signed. Whether the right person signed them is [SignedRelease#judge]'s question.
public final class ReleaseCheck {
  private static final PartSink NOWHERE =
      new PartSink() {
        @Override
        public OutputStream begin() {
          return OutputStream.nullOutputStream();
        }

        @Override
        public void end(Part part) {}
      };

  private ReleaseCheck() {}

  /// Checks and keeps nothing.
  ///
  /// @param progress expects and is advanced by compressed bytes
  /// @return the parts the archive really consists of
  /// @throws Problem of kind NOT_GENUINE or DRIVE, naming the entry, part or piece at fault
  public static PartList check(OpenRelease release, Progress progress, Cancellation cancellation)
      throws IOException {
    return copy(release, NOWHERE, progress, cancellation);
  }

  /// Checks and hands each part on as it was read; a part is proven when [PartSink#end] is called.
  public static PartList copy(
      OpenRelease release, PartSink sink, Progress progress, Cancellation cancellation)
      throws IOException {
    progress.expect(release.archiveSize());
    ArchiveCheck check =
        new ArchiveCheck(
            release.signed().release().entries(), EntrySink.NOTHING, progress, cancellation);
    List<Part> parts = new ArrayList<>();
    release.walk(raw -> {
      cancellation.check();
      Part part = check.part(raw, sink.begin());
      refuseUnlisted(release, parts.size(), part);
      parts.add(part);
      sink.end(part);
    });
    check.finish();
    return new PartList(release.signed().id(), List.copyOf(parts));
  }

  private static void refuseUnlisted(OpenRelease release, int place, Part part) throws Problem {
    boolean isRight =
        release instanceof ListedRelease listed
            ? listed.parts().get(place).equals(part)
            : place < PartList.MOST;
    if (isRight) return;
    throw Problem.notGenuine(
        "Part %d in %s is not the one that belongs there.".formatted(place + 1, release.where()),
        "Get this release again from its source.");
  }
}
