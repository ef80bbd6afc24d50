package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Forklift's stage store: numbered bundle directories and `forklift-stage-store.yml`.
public final class StageStore {
  private StageStore() {}

  /// @param folder the `stages` directory; made when missing
  public static StageStore open(Path folder) throws IOException {
    throw new UnsupportedOperationException("open " + folder);
  }

  /// A fresh staging directory inside the store whose name Forklift ignores (`.import-<uuid>`).
  public Path newStagingDirectory() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Gives a complete staging directory the next number, durably.
  public int publish(Path staging) throws IOException {
    throw new UnsupportedOperationException("publish " + staging);
  }

  /// Makes this bundle the next one to be applied, by the swap-file protocol.
  public void setNext(int index) throws IOException {
    throw new UnsupportedOperationException("next " + index);
  }

  /// The index of the next bundle.
  public Optional<Integer> next() throws IOException {
    throw new UnsupportedOperationException();
  }

  /// The bundle an index or name (`next`, `current`, `rollback`, a user's name) stands for.
  public Path bundle(String identifier) throws IOException {
    throw new UnsupportedOperationException("bundle " + identifier);
  }
}
