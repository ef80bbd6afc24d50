package org.fieldlift.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash functions a signature or log entry may use (FIPS 180-4); all others are refused.
enum Hash {
  SHA_256("SHA-256"),
  SHA_384("SHA-384"),
  SHA_512("SHA-512");

  private final String javaName;

  Hash(String javaName) {
    this.javaName = javaName;
  }

  MessageDigest start() {
    try {
      return MessageDigest.getInstance(javaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + javaName, e);
    }
  }

  byte[] of(byte[] bytes) {
    return start().digest(bytes);
  }

  /// The hash that a bundle or log entry names: `SHA2_256` in protocol buffers, `sha256` elsewhere.
  static Hash named(String name) throws NotGenuine {
    for (Hash hash : values()) {
      String plain = hash.javaName.replace("-", "");
      if (name.equalsIgnoreCase(plain) || name.equals(plain.replace("SHA", "SHA2_"))) return hash;
    }
    throw new NotGenuine("The signature uses a hash function that is not accepted.");
  }
}
