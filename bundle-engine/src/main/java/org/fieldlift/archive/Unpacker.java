package org.fieldlift.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// Unpacks entries into a fresh folder: exact modes, links verbatim and never followed, nothing
/// outside.
public final class Unpacker implements EntrySink {
  /// @param folder an existing, empty folder
  public Unpacker(Path folder) {
    throw new UnsupportedOperationException("unpack to " + folder);
  }

  @Override
  public void directory(Entry entry) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void symlink(Entry entry) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public OutputStream file(Entry entry) throws IOException {
    throw new UnsupportedOperationException();
  }

  /// Sets directory modes (last, so that read-only ones could be filled) and syncs all to disk.
  public void finish() throws IOException {
    throw new UnsupportedOperationException();
  }
}
