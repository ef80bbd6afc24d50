package org.fieldlift.release;

import java.io.IOException;
import java.util.List;
import org.fieldlift.archive.HeadMember;
import org.fieldlift.archive.NamedBytes;
import org.fieldlift.archive.RawStream;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// The first gzip member of a single-file release: `fieldlift/release.json` and its signature,
/// which is an empty file when nobody signed.
///
/// Its length depends only on that of `release.json`, because room for a signature is always kept:
/// so the parts can be written before it, and the same release always yields the same file.
final class SingleHead {
  /// Room for a signature in bytes; real ones have 2 to 12 kB.
  static final int SIGNATURE_ROOM = 48 << 10;

  private static final String FOLDER = EntryRules.RESERVED + "/";
  private static final List<String> NAMES =
      List.of(FOLDER + FormFiles.RELEASE, FOLDER + FormFiles.SIGNATURE);

  private SingleHead() {}

  /// Length in bytes of the head around a `release.json` of this length.
  static long size(int jsonLength) {
    return HeadMember.sizeFor(files(new byte[jsonLength], new byte[SIGNATURE_ROOM]));
  }

  static byte[] write(SignedRelease signed) throws Problem {
    byte @Nullable [] signature = signed.signature();
    byte[] kept = signature == null ? new byte[0] : signature;
    if (kept.length > SIGNATURE_ROOM) {
      throw Problem.failed(
          "The signature is larger than a single file has room for (%s, at most %s)."
              .formatted(ByteSize.text(kept.length), ByteSize.text(SIGNATURE_ROOM)),
          "Use the directory form, or sign with fewer certificates.");
    }
    return HeadMember.write(files(signed.json(), kept), size(signed.json().length));
  }

  /// Reads the head and leaves the stream behind it.
  ///
  /// @throws Problem of kind NOT_GENUINE when the file begins with anything else
  static SignedRelease read(RawStream raw) throws IOException {
    List<NamedBytes> files = HeadMember.read(raw, NAMES, Release.LARGEST_JSON);
    byte[] signature = files.getLast().bytes();
    if (signature.length > FormFiles.LARGEST_SIGNATURE) {
      throw Limits.tooLarge(FormFiles.SIGNATURE, signature.length, FormFiles.LARGEST_SIGNATURE);
    }
    return SignedRelease.of(files.getFirst().bytes(), signature.length == 0 ? null : signature);
  }

  private static List<NamedBytes> files(byte[] json, byte[] signature) {
    return List.of(
        new NamedBytes(NAMES.getFirst(), json), new NamedBytes(NAMES.getLast(), signature));
  }
}
