package org.fieldlift.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.archive.Part;
import org.fieldlift.io.Digest;

/// Where things lie in a release store.
///
/// @param root holds `parts/<sha256>`, `releases/<id>/`, `incoming/` and `lock`
record StoreFolders(Path root) {

  static StoreFolders make(Path root) throws IOException {
    StoreFolders folders = new StoreFolders(root);
    Files.createDirectories(folders.parts());
    Files.createDirectories(folders.releases());
    Files.createDirectories(folders.incoming());
    return folders;
  }

  Path parts() {
    return root.resolve("parts");
  }

  Path releases() {
    return root.resolve("releases");
  }

  /// What is on its way: partial downloads and whatever is being written. Never complete.
  Path incoming() {
    return root.resolve("incoming");
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path part(Digest digest) {
    return parts().resolve(digest.hex());
  }

  Path release(Digest id) {
    return releases().resolve(id.hex());
  }

  /// A part whose download has begun; kept when it breaks off.
  Path partial(Digest digest) {
    return incoming().resolve(digest.hex() + ".partial");
  }

  /// A whole single-file release whose download has begun.
  Path singlePartial(Digest release) {
    return incoming().resolve(release.hex() + ".single.partial");
  }

  /// True when the part is here. Parts come here complete and checked, so the size tells damage
  /// enough for a list; reading a release tells the rest.
  boolean holds(Part part) throws IOException {
    Path file = part(part.sha256());
    return Files.isRegularFile(file) && Files.size(file) == part.size();
  }

  /// True when the part is here and every byte of it is right.
  boolean holdsIntact(Part part) throws IOException {
    return holds(part) && Digest.of(part(part.sha256())).equals(part.sha256());
  }
}
