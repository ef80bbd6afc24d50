package org.fieldlift.oci;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;

/// A tar of blobs, each once; the same blobs give the same bytes. The stream stays open.
final class BlobTar implements AutoCloseable {
  private static final int READABLE = 0100644;

  private final ImageLayout layout;
  private final TarArchiveOutputStream tar;
  private final Progress progress;
  private final Cancellation cancellation;
  private final Set<Digest> written = new HashSet<>();

  BlobTar(ImageLayout layout, OutputStream out, Progress progress, Cancellation cancellation) {
    this.layout = layout;
    this.tar = new TarArchiveOutputStream(out, "UTF-8");
    this.progress = progress;
    this.cancellation = cancellation;
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  /// Where a blob lies in the tar.
  static String path(Descriptor blob) {
    return "blobs/sha256/" + blob.digest().hex();
  }

  void file(String name, byte[] bytes) throws IOException {
    begin(name, bytes.length);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  /// A blob of the layout, checked on its way; a second time it is left out.
  void blob(Descriptor blob) throws IOException {
    if (!written.add(blob.digest())) return;
    begin(path(blob), blob.size());
    byte[] block = new byte[1 << 16];
    try (InputStream in = layout.read(blob, cancellation)) {
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        tar.write(block, 0, count);
        progress.advance(count);
      }
    }
    tar.closeArchiveEntry();
  }

  private void begin(String name, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(READABLE);
    entry.setModTime(0);
    entry.setUserId(0);
    entry.setGroupId(0);
    tar.putArchiveEntry(entry);
  }

  @Override
  public void close() throws IOException {
    tar.finish();
  }
}
