package org.fieldlift.engine;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.Problem;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.trust.Dsse;
import org.fieldlift.trust.StationKey;

/// Who wrote a drive: whether the envelope beside `drive.json` holds and is by this station. Says
/// nothing about whether the releases on it are genuine.
final class DriveSignature {
  static final String CHANGED = "changed since this station signed it";

  private static final int LARGEST_ENVELOPE = 32 << 20;

  private DriveSignature() {}

  static String words(FileTree drive, DriveManifest manifest, StationKey key) throws IOException {
    Optional<byte[]> envelope = drive.bytes(DriveManifest.SIGNATURE, LARGEST_ENVELOPE);
    if (envelope.isEmpty()) return "not signed";
    if (!manifest.stationKey().equals(key.fingerprint())) {
      return "signed by another station (key " + manifest.stationKey().brief() + "), not checked";
    }
    try {
      byte[] payload = Dsse.verify(envelope.get(), DriveManifest.PAYLOAD_TYPE, key.publicKey());
      byte[] json = drive.bytes(DriveManifest.FILE, DriveManifest.LARGEST_JSON).orElseThrow();
      return Arrays.equals(payload, json) ? "signed by this station" : CHANGED;
    } catch (Problem problem) {
      return CHANGED;
    }
  }
}
