package org.fieldlift.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Problem;

/// Files with private keys: readable by their owner only, whole or not at all, never one over
/// another.
final class KeyFile {
  static final String PLAIN_PEM_TYPE = "PRIVATE KEY";

  private static final int LARGEST = 64 << 10;

  private KeyFile() {}

  /// Opens a cosign key file, or plain PKCS#8 in PEM; then the password is not used.
  static HeldKey open(Path file, char[] password) throws IOException {
    try {
      Optional<Pem> pem = Pem.read(read(file));
      if (pem.isEmpty()) throw new NotGenuine("It is not in PEM form.");
      return HeldKey.of(
          switch (pem.get().type()) {
            case PLAIN_PEM_TYPE -> pem.get().der();
            case EncryptedKey.PEM_TYPE, EncryptedKey.OLD_PEM_TYPE ->
                EncryptedKey.decrypt(pem.get().der(), password);
            default -> throw new NotGenuine("It is neither a cosign key nor a plain PKCS#8 key.");
          });
    } catch (NotGenuine e) {
      throw new Problem(
          Problem.Kind.USAGE,
          "The key " + file + " cannot be used. " + e.why(),
          "Check the password and the file; a key that is lost must be replaced by a new one.",
          e);
    }
  }

  /// Makes a new file, durable when this returns. Of two processes that do so at once, one makes
  /// the file and the other is told.
  ///
  /// @throws FileAlreadyExistsException when there is such a file; it was not touched
  static void create(Path file, Pem pem) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) throw new IllegalArgumentException("a root is not a file: " + file);
    Files.createDirectories(folder);
    Path aside = AtomicFiles.aside(file);
    try {
      try (FileChannel channel =
          FileChannel.open(
              aside,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly(folder))) {
        ByteBuffer all = ByteBuffer.wrap(pem.text().getBytes(StandardCharsets.US_ASCII));
        while (all.hasRemaining()) channel.write(all);
        channel.force(true);
      }
      AtomicFiles.publishNew(aside, file);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Limits.readFile(file, LARGEST);
    } catch (NoSuchFileException e) {
      throw new Problem(
          Problem.Kind.USAGE, "There is no key " + file + ".", "Check the file's name.", e);
    }
  }

  /// Mode 0600 from the first moment on; Windows keeps a user's folders private by itself.
  private static FileAttribute<?>[] ownerOnly(Path folder) {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }
}
