package org.fieldlift.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Problem;

/// A download on its way and, beside it, the strong validator the server gave its content, so that
/// another program can go on with it safely.
///
/// @param path the bytes that have come so far
public record PartialFile(Path path) {

  /// Bytes that have come so far.
  public long size() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  Optional<String> tag() throws IOException {
    return Files.exists(tagFile()) ? Optional.of(Files.readString(tagFile())) : Optional.empty();
  }

  /// @throws Problem when the disk refuses; that is not the server's fault, so nobody waits for it
  void rememberTag(Optional<String> tag) throws IOException {
    if (tag.isEmpty()) {
      forgetTag();
      return;
    }
    try {
      Files.writeString(tagFile(), tag.get());
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
