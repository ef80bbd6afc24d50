package org.fieldlift.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;

/// The station's releases: parts by their digest, shared between releases, and a folder for each
/// release that is renamed into place last.
public final class ReleaseStore {
  private ReleaseStore() {}

  /// @param folder made when missing
  public static ReleaseStore open(Path folder) throws IOException {
    throw new UnsupportedOperationException("open " + folder);
  }

  public List<StoredRelease> list() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// The release whose id begins with this text (at least 6 characters).
  public Optional<StoredRelease> find(String idPrefix) throws IOException {
    throw new UnsupportedOperationException("find " + idPrefix);
  }

  /// Takes in a release that was judged genuine, checking every byte. What is already here is not
  /// read again.
  public StoredRelease admit(OpenRelease release, Progress progress, Cancellation cancellation)
      throws IOException {
    throw new UnsupportedOperationException("admit " + release + progress + cancellation);
  }

  /// @return bytes freed
  public long remove(Digest release) throws IOException {
    throw new UnsupportedOperationException("remove " + release);
  }

  /// @return bytes freed
  public long prune() throws IOException {
    throw new UnsupportedOperationException();
  }
}
