package org.fieldlift.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;

/// The Ed25519 key of one station or device: signs ledger events, `drive.json` and receipts. It
/// says which installation wrote something, never that a release is genuine.
public final class StationKey {
  private static final String KEY = "station.key";
  private static final String PUBLIC_KEY = "station.pub";

  private final HeldKey key;

  private StationKey(HeldKey key) {
    this.key = key;
  }

  /// Opens the key in this folder (`station.key`, `station.pub`), or makes one (mode 0600). Of two
  /// processes that start at once both get the same key.
  public static StationKey openOrCreate(Path folder) throws IOException {
    Path file = folder.resolve(KEY);
    if (!Files.exists(file)) {
      try {
        KeyFile.create(file, new Pem(KeyFile.PLAIN_PEM_TYPE, HeldKey.newEd25519()));
      } catch (FileAlreadyExistsException anotherWasFaster) {
        // Its key is the key.
      }
    }
    HeldKey key = KeyFile.open(file, new char[0]);
    if (!key.isEd25519()) {
      throw Problem.failed(
          file + " is not this installation's key (Ed25519).",
          "Put the right file back from a backup.");
    }
    byte[] publicPem = key.publicPem().getBytes(StandardCharsets.US_ASCII);
    Path publicFile = folder.resolve(PUBLIC_KEY);
    if (!Files.exists(publicFile)) AtomicFiles.write(publicFile, publicPem);
    return new StationKey(key);
  }

  public Digest fingerprint() {
    return Digest.of(publicKey());
  }

  /// SubjectPublicKeyInfo, DER.
  public byte[] publicKey() {
    return key.publicKey();
  }

  /// A raw Ed25519 signature (64 bytes, RFC 8032).
  public byte[] sign(byte[] message) {
    return key.sign(message);
  }

  /// True when the signature over the message is by the holder of the public key (SPKI DER).
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    try {
      Signature scheme = Signature.getInstance("Ed25519");
      scheme.initVerify(PublicKeys.fromDer(publicKey));
      scheme.update(message);
      return scheme.verify(signature);
    } catch (GeneralSecurityException | NotGenuine e) {
      return false;
    }
  }

  /// A DSSE envelope (secure-systems-lab/dsse v1) around the payload, with the key's fingerprint as
  /// keyid.
  ///
  /// @param payload at most [Dsse#LARGEST_PAYLOAD] bytes
  public byte[] envelope(String payloadType, byte[] payload) {
    if (payload.length > Dsse.LARGEST_PAYLOAD) {
      throw new IllegalArgumentException("nobody could read an envelope of " + payload.length);
    }
    byte[] signature = sign(Dsse.preAuthenticationEncoding(payloadType, payload));
    return Dsse.envelope(payloadType, payload, fingerprint().hex(), signature);
  }
}
