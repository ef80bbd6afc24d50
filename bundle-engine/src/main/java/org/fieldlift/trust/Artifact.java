package org.fieldlift.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// What a signature is about: bytes at hand, a file, or only its SHA-256.
sealed interface Artifact {
  /// Most that is read into memory for a signature scheme that needs the whole message (Ed25519).
  int LARGEST_WHOLE = 64 << 20;

  int BUFFER = 1 << 20;

  /// The artifact's digest; nothing when only its SHA-256 is known and another is asked for.
  Optional<byte[]> digest(Hash hash) throws IOException;

  /// True when this digest takes no reading.
  default boolean isAtHand(Hash hash) {
    return true;
  }

  /// The artifact itself; nothing when only its digest is known.
  Optional<byte[]> whole() throws IOException;

  /// Bytes in memory.
  final class Bytes implements Artifact {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public Optional<byte[]> digest(Hash hash) {
      return Optional.of(hash.of(bytes));
    }

    @Override
    public Optional<byte[]> whole() {
      return Optional.of(bytes);
    }
  }

  /// A file of any size. It is hashed as a stream, once: signature, statement and log entry are
  /// then held against the same bytes, even if somebody changes the file meanwhile.
  ///
  /// That it cannot be read says nothing of its signature: then a [Problem] of kind FAILED is
  /// thrown.
  final class OnDisk implements Artifact {
    private final Path path;
    private final Map<Hash, byte[]> known = new EnumMap<>(Hash.class);

    OnDisk(Path path) {
      this.path = path;
    }

    @Override
    public boolean isAtHand(Hash hash) {
      return known.containsKey(hash);
    }

    @Override
    public Optional<byte[]> digest(Hash hash) throws IOException {
      byte[] digest = known.get(hash);
      if (digest == null) {
        digest = read(hash);
        known.put(hash, digest);
      }
      return Optional.of(digest);
    }

    @Override
    public Optional<byte[]> whole() throws IOException {
      byte[] whole;
      try (InputStream in = Files.newInputStream(path)) {
        whole = in.readNBytes(LARGEST_WHOLE + 1);
      } catch (IOException e) {
        throw DiskTrouble.with(path, e);
      }
      if (whole.length <= LARGEST_WHOLE) return Optional.of(whole);
      throw Problem.failed(
          "Whether "
              + PlainText.of(path.toString())
              + " is genuine cannot be said here: with an Ed25519 key the whole file is signed, not"
              + " its digest, and at most "
              + (LARGEST_WHOLE >> 20)
              + " MiB are held in memory.",
          "Check it with cosign, or have a small file signed that holds its digest.");
    }

    private byte[] read(Hash hash) throws IOException {
      MessageDigest digest = hash.start();
      try (InputStream in = Files.newInputStream(path)) {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          digest.update(buffer, 0, count);
        }
      } catch (IOException e) {
        throw DiskTrouble.with(path, e);
      }
      return digest.digest();
    }
  }

  /// Something of which only the SHA-256 is known.
  record Known(Digest sha256) implements Artifact {
    @Override
    public Optional<byte[]> digest(Hash hash) {
      return hash == Hash.SHA_256 ? Optional.of(sha256.bytes()) : Optional.empty();
    }

    @Override
    public Optional<byte[]> whole() {
      return Optional.empty();
    }
  }
}
