package org.fieldlift.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A SHA-256 digest (FIPS 180-4), the one name by which content is known everywhere in Fieldlift.
///
/// @param hex 64 lower-case hexadecimal characters
public record Digest(String hex) implements Comparable<Digest> {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final int FILE_BUFFER = 1 << 20;

  public Digest {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a SHA-256 digest: " + PlainText.of(hex));
    }
  }

  /// The digest of these bytes.
  public static Digest of(byte[] bytes) {
    return new Hasher().update(bytes, 0, bytes.length).digest();
  }

  /// The digest of a file's content, read once.
  public static Digest of(Path file) throws IOException {
    Hasher hasher = new Hasher();
    ByteBuffer buffer = ByteBuffer.allocateDirect(FILE_BUFFER);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer) >= 0) {
        hasher.update(buffer.flip());
        buffer.clear();
      }
    }
    return hasher.digest();
  }

  /// Accepts `sha256:<hex>` and `<hex>`.
  ///
  /// @throws IllegalArgumentException when it is neither
  public static Digest parse(String text) {
    return new Digest(text.startsWith("sha256:") ? text.substring("sha256:".length()) : text);
  }

  /// True when [#parse] would accept this text.
  public static boolean looksLike(String text) {
    return HEX.matcher(text.startsWith("sha256:") ? text.substring("sha256:".length()) : text)
        .matches();
  }

  /// A digest as a person may type it: what [#parse] accepts, in letters of either case.
  public static Optional<Digest> typed(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    return looksLike(plain) ? Optional.of(parse(plain)) : Optional.empty();
  }

  /// The 32 raw bytes.
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /// The first twelve characters: enough for people to tell two releases apart.
  public String brief() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return "sha256:" + hex;
  }

  /// Takes bytes as they pass by and says their digest at the end.
  public static final class Hasher {
    private final MessageDigest sha256;

    public Hasher() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    public Hasher update(byte[] bytes, int offset, int length) {
      sha256.update(bytes, offset, length);
      return this;
    }

    public Hasher update(ByteBuffer bytes) {
      sha256.update(bytes);
      return this;
    }

    /// The digest of all that passed; the hasher starts anew.
    public Digest digest() {
      return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }
  }
}
