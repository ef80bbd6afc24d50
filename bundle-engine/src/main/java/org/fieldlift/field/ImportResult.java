package org.fieldlift.field;

import java.nio.file.Path;
import org.fieldlift.io.Digest;
import org.fieldlift.trust.Verdict;

/// How an import ended.
public sealed interface ImportResult {
  /// The bundle is in the store.
  ///
  /// @param index its number in the stage store
  /// @param next true when it will be applied next
  /// @param images what became of its container images
  record Imported(
      Digest release,
      String label,
      Verdict verdict,
      int index,
      Path bundle,
      boolean next,
      DeviceImages.Report images)
      implements ImportResult {}

  /// The store already holds exactly this release.
  ///
  /// @param next true when it will be applied next
  /// @param images what became of its container images, which may have been gone from Docker
  record AlreadyThere(
      Digest release, String label, int index, boolean next, DeviceImages.Report images)
      implements ImportResult {}

  /// Refused; the store is as it was.
  ///
  /// @param why one sentence, for people
  /// @param next what to do now
  record Refused(Refusal refusal, Verdict verdict, String why, String next)
      implements ImportResult {}

  /// The reason, for machines.
  enum Refusal {
    NOT_GENUINE,
    WRONG_KIND,
    WRONG_PLATFORM,
    OLDER,
    EXPIRED,
    NO_SPACE,
    /// It is not what was signed.
    DAMAGED,
    /// A drive or a piece on it is missing or cannot be read right.
    DRIVE,
    /// Docker could not take its images.
    IMAGES,
    STORE_BUSY
  }
}
