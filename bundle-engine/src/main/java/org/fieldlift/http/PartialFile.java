package org.fieldlift.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Problem;

/// A download on its way and, beside it, the strong validator the server gave its content, so that
/// another program can go on with it safely.
///
/// @param path the bytes that have come so far
public record PartialFile(Path path) {
  /// More than any validator has.
  private static final int LONGEST_TAG = 1000;

  /// Bytes that have come so far.
  public long size() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  /// The validator, if it can be read and is one: a power cut may have left anything in its place.
  Optional<String> tag() {
    try (InputStream in = Files.newInputStream(tagFile())) {
      String tag = new String(in.readNBytes(LONGEST_TAG), StandardCharsets.ISO_8859_1);
      return Optional.of(tag).filter(HttpReply::isStrongTag);
    } catch (IOException noneToUse) {
      return Optional.empty();
    }
  }

  /// Not synced, for there is one with every file that is fetched: what is torn is no validator.
  ///
  /// @throws Problem when the disk refuses; that is not the server's fault, so nobody waits for it
  void rememberTag(Optional<String> tag) throws IOException {
    if (tag.isEmpty()) {
      forgetTag();
      return;
    }
    Path aside = path.resolveSibling(tagFile().getFileName() + AtomicFiles.ASIDE);
    try {
      Files.writeString(aside, tag.get());
      Files.move(
          aside, tagFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw DiskTrouble.with(path, e);
    }
  }

  /// Forgets the validator once the bytes were found to be right, whatever the server says.
  public void forgetTag() throws IOException {
    Files.deleteIfExists(tagFile());
  }

  /// Lets the next try begin anew.
  public void delete() throws IOException {
    Files.deleteIfExists(path);
    forgetTag();
  }

  private Path tagFile() {
    return path.resolveSibling(path.getFileName() + ".tag");
  }
}
