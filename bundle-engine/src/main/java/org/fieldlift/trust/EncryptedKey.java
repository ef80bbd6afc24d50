package org.fieldlift.trust;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import tools.jackson.databind.node.ObjectNode;

/// A private key under a password, as cosign keeps it: JSON that names scrypt (RFC 7914) and NaCl's
/// secretbox (XSalsa20 and Poly1305), within PEM.
final class EncryptedKey {
  static final String PEM_TYPE = "ENCRYPTED SIGSTORE PRIVATE KEY";
  static final String OLD_PEM_TYPE = "ENCRYPTED COSIGN PRIVATE KEY";

  /// What cosign writes.
  private static final int COST = 1 << 16;

  /// Stops a foreign key file from taking all memory: scrypt needs 128 · N · r bytes, here 256 MiB.
  private static final int HIGHEST_COST = 1 << 18;

  private static final int BLOCK_SIZE = 8;
  private static final int PARALLEL = 1;
  private static final int KEY_SIZE = 32;
  private static final int SALT_SIZE = 32;
  private static final int NONCE_SIZE = 24;
  private static final int TAG_SIZE = 16;

  private EncryptedKey() {}

  static byte[] decrypt(byte[] json, char[] password) throws Problem, NotGenuine {
    Fields fields = Fields.read(json, "the key file");
    Fields kdf = fields.object("kdf");
    Fields cost = kdf.object("params");
    Fields cipher = fields.object("cipher");
    long n = cost.number("N");
    boolean known =
        kdf.text("name").equals("scrypt")
            && cipher.text("name").equals("nacl/secretbox")
            && n > 1
            && n <= HIGHEST_COST
            && Long.bitCount(n) == 1
            && cost.number("r") == BLOCK_SIZE
            && cost.number("p") == PARALLEL;
    if (!known) throw new NotGenuine("The key file is encrypted in an unknown way.");
    byte[] nonce = decoded(cipher, "nonce");
    byte[] box = decoded(fields, "ciphertext");
    if (nonce.length != NONCE_SIZE || box.length < TAG_SIZE) {
      throw new NotGenuine("The key file is damaged.");
    }
    byte[] key = derive(password, decoded(kdf, "salt"), (int) n);
    try {
      return open(key, nonce, box);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  static byte[] encrypt(byte[] pkcs8, char[] password) {
    SecureRandom random = new SecureRandom();
    byte[] salt = new byte[SALT_SIZE];
    byte[] nonce = new byte[NONCE_SIZE];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    byte[] key = derive(password, salt, COST);
    byte[] box = seal(key, nonce, pkcs8);
    Arrays.fill(key, (byte) 0);
    Base64.Encoder base64 = Base64.getEncoder();
    ObjectNode file = Json.object();
    ObjectNode kdf = file.putObject("kdf");
    kdf.put("name", "scrypt");
    kdf.putObject("params").put("N", COST).put("r", BLOCK_SIZE).put("p", PARALLEL);
    kdf.put("salt", base64.encodeToString(salt));
    file.putObject("cipher")
        .put("name", "nacl/secretbox")
        .put("nonce", base64.encodeToString(nonce));
    file.put("ciphertext", base64.encodeToString(box));
    return Json.line(file).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] derive(char[] password, byte[] salt, int cost) {
    ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] bytes = Arrays.copyOf(utf8.array(), utf8.limit());
    try {
      return SCrypt.generate(bytes, salt, cost, BLOCK_SIZE, PARALLEL, KEY_SIZE);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(utf8.array(), (byte) 0);
    }
  }

  /// secretbox: sixteen bytes of tag, then the ciphertext; the tag's one-time key is the first 32
  /// bytes of the key stream.
  private static byte[] seal(byte[] key, byte[] nonce, byte[] plain) {
    XSalsa20Engine stream = stream(key, nonce);
    byte[] tagKey = tagKey(stream);
    byte[] box = new byte[TAG_SIZE + plain.length];
    stream.processBytes(plain, 0, plain.length, box, TAG_SIZE);
    System.arraycopy(tag(tagKey, box), 0, box, 0, TAG_SIZE);
    return box;
  }

  private static byte[] open(byte[] key, byte[] nonce, byte[] box) throws NotGenuine {
    XSalsa20Engine stream = stream(key, nonce);
    byte[] tag = tag(tagKey(stream), box);
    if (!MessageDigest.isEqual(tag, Arrays.copyOf(box, TAG_SIZE))) {
      throw new NotGenuine("The password is wrong, or the key file is damaged.");
    }
    byte[] plain = new byte[box.length - TAG_SIZE];
    stream.processBytes(box, TAG_SIZE, plain.length, plain, 0);
    return plain;
  }

  private static XSalsa20Engine stream(byte[] key, byte[] nonce) {
    XSalsa20Engine stream = new XSalsa20Engine();
    stream.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
    return stream;
  }

  private static byte[] tagKey(XSalsa20Engine stream) {
    byte[] zeros = new byte[KEY_SIZE];
    stream.processBytes(zeros, 0, KEY_SIZE, zeros, 0);
    return zeros;
  }

  private static byte[] tag(byte[] tagKey, byte[] box) {
    Poly1305 poly = new Poly1305();
    poly.init(new KeyParameter(tagKey));
    poly.update(box, TAG_SIZE, box.length - TAG_SIZE);
    byte[] tag = new byte[TAG_SIZE];
    poly.doFinal(tag, 0);
    return tag;
  }

  private static byte[] decoded(Fields fields, String name) throws Problem {
    try {
      return Base64.getDecoder().decode(fields.text(name));
    } catch (IllegalArgumentException e) {
      throw fields.wrong(name, "base64");
    }
  }
}
