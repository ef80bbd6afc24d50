package org.fieldlift.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Limits;

/// What a signature is about: bytes at hand, a file, or only its SHA-256.
sealed interface Artifact {
  /// Most that is read into memory for a signature scheme that needs the whole message (Ed25519).
  int LARGEST_WHOLE = 64 << 20;

  int BUFFER = 1 << 20;

  /// The artifact's digest; nothing when only its SHA-256 is known and another is asked for.
  Optional<byte[]> digest(Hash hash) throws IOException;

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

  /// A file of any size; it is hashed as a stream.
  record OnDisk(Path path) implements Artifact {
    @Override
    public Optional<byte[]> digest(Hash hash) throws IOException {
      MessageDigest digest = hash.start();
      try (InputStream in = Files.newInputStream(path)) {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          digest.update(buffer, 0, count);
        }
      }
      return Optional.of(digest.digest());
    }

    @Override
    public Optional<byte[]> whole() throws IOException {
      try (InputStream in = Files.newInputStream(path)) {
        return Optional.of(Limits.readAtMost(in, LARGEST_WHOLE, path.toString()));
      }
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
