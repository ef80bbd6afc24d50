package org.fieldlift.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import tools.jackson.databind.node.ObjectNode;

/// A private key that signs releases, as cosign keeps it: an encrypted PEM file beside the public
/// key.
public final class SigningKey {
  private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

  private final HeldKey key;

  private SigningKey(HeldKey key) {
    this.key = key;
  }

  /// Makes a new ECDSA P-256 key pair: `<base>.key` (encrypted, mode 0600) and `<base>.pub`.
  /// Refuses to overwrite.
  public static SigningKey generate(Path base, char[] password) throws IOException {
    Path secretFile = base.resolveSibling(base.getFileName() + ".key");
    Path publicFile = base.resolveSibling(base.getFileName() + ".pub");
    if (Files.exists(publicFile)) throw taken(publicFile);
    byte[] pkcs8 = HeldKey.newP256();
    try {
      SigningKey made = new SigningKey(HeldKey.of(pkcs8));
      KeyFile.create(
          secretFile, new Pem(EncryptedKey.PEM_TYPE, EncryptedKey.encrypt(pkcs8, password)));
      AtomicFiles.write(publicFile, made.publicPem().getBytes(StandardCharsets.US_ASCII));
      return made;
    } catch (FileAlreadyExistsException e) {
      throw taken(secretFile);
    } catch (NotGenuine e) {
      throw new IllegalStateException("a key just made can be read", e);
    }
  }

  /// Opens a cosign key file, or a plain PKCS#8 PEM (ECDSA P-256/P-384, RSA, Ed25519).
  public static SigningKey open(Path file, char[] password) throws IOException {
    return new SigningKey(KeyFile.open(file, password));
  }

  /// SHA-256 of the public key (SubjectPublicKeyInfo, DER).
  public Digest fingerprint() {
    return Digest.of(key.publicKey());
  }

  /// The public key as PEM.
  public String publicPem() {
    return key.publicPem();
  }

  /// Signs bytes; yields a sigstore bundle (v0.3, message signature, public-key hint) as cosign
  /// writes it with `sign-blob --key … --bundle …`. Same key, same bytes, same bundle.
  public byte[] signBundle(byte[] content) {
    Base64.Encoder base64 = Base64.getEncoder();
    ObjectNode bundle = Json.object();
    bundle.put("mediaType", MEDIA_TYPE);
    bundle
        .putObject("verificationMaterial")
        .putObject("publicKey")
        .put("hint", base64.encodeToString(fingerprint().bytes()));
    ObjectNode signature = bundle.putObject("messageSignature");
    signature
        .putObject("messageDigest")
        .put("algorithm", "SHA2_256")
        .put("digest", base64.encodeToString(Digest.of(content).bytes()));
    signature.put("signature", base64.encodeToString(key.sign(content)));
    return Json.write(bundle);
  }

  private static Problem taken(Path file) {
    return Problem.usage(
        "There is a key " + file + " already; keys are never overwritten.",
        "Choose another name, or move the old key away.");
  }
}
