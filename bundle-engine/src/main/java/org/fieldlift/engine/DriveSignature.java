package org.fieldlift.engine;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.Problem;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.trust.Dsse;
import org.fieldlift.trust.StationKey;

/// Who wrote a drive: whether the envelope beside `drive.json` holds and is by this station. Says
/// nothing about whether the releases on it are genuine.
sealed interface DriveSignature {
  int LARGEST_ENVELOPE = 32 << 20;

  /// By this station, over exactly what the drive says.
  record Ours() implements DriveSignature {}

  record Missing() implements DriveSignature {}

  /// By another station, as the drive says; that station's key is not asked.
  record Another(Digest key) implements DriveSignature {}

  /// It names this station, which did not sign what the drive says now.
  record Broken() implements DriveSignature {}

  static DriveSignature of(FileTree drive, DriveManifest manifest, StationKey key)
      throws IOException {
    Optional<byte[]> envelope = drive.bytes(DriveManifest.SIGNATURE, LARGEST_ENVELOPE);
    if (envelope.isEmpty()) return new Missing();
    if (!manifest.stationKey().equals(key.fingerprint())) {
      return new Another(manifest.stationKey());
    }
    try {
      byte[] payload = Dsse.verify(envelope.get(), DriveManifest.PAYLOAD_TYPE, key.publicKey());
      byte[] json = drive.bytes(DriveManifest.FILE, DriveManifest.LARGEST_JSON).orElseThrow();
      return Arrays.equals(payload, json) ? new Ours() : new Broken();
    } catch (Problem problem) {
      return new Broken();
    }
  }

  /// How the sentence goes on that begins with the drive.
  default String words() {
    return switch (this) {
      case Ours _ -> "signed by this station";
      case Missing _ -> "not signed";
      case Another(Digest key) ->
          "signed by another station (key " + key.brief() + "), not checked";
      case Broken _ -> "changed since this station signed it";
    };
  }

  /// What is wrong with this signature on a drive that this station wrote.
  default Optional<String> fault() {
    return switch (this) {
      case Ours _ -> Optional.empty();
      case Missing _ -> Optional.of("changed since this station wrote it: it is not signed now");
      case Another(Digest key) ->
          Optional.of(
              "changed since this station wrote it: it names another one now (key "
                  + key.brief()
                  + ")");
      case Broken _ -> Optional.of(words());
    };
  }
}
