package org.fieldlift.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.fieldlift.io.Digest;
import org.jspecify.annotations.Nullable;

/// One thing a [Tree] is made of, and the place in the archive it is put at.
sealed interface Graft {
  /// Where it begins in the archive.
  String at();

  /// The entry at this path of the archive, as it is right now, without a digest.
  Entry look(String path) throws IOException;

  /// The content of the file at this path of the archive. Links are never followed.
  ReadableByteChannel open(String path) throws IOException;

  /// The digest its file must turn out to have; null when nobody knows.
  default @Nullable Digest proven() {
    return null;
  }

  /// What lies in a folder.
  ///
  /// @param except paths within the folder that are left out
  record Folder(String at, Path folder, Set<String> except) implements Graft {
    @Override
    public Entry look(String path) throws IOException {
      return OnDisk.entry(path, place(path));
    }

    @Override
    public ReadableByteChannel open(String path) throws IOException {
      return channel(place(path));
    }

    private Path place(String path) {
      return folder.resolve(at.isEmpty() ? path : path.substring(at.length() + 1));
    }
  }

  record OneFile(String at, Path file, @Nullable Digest proven) implements Graft {
    @Override
    public Entry look(String path) throws IOException {
      return OnDisk.entry(path, file);
    }

    @Override
    public ReadableByteChannel open(String path) throws IOException {
      return channel(file);
    }
  }

  /// A file that lies nowhere.
  record Bytes(String at, int mode, byte[] bytes) implements Graft {
    @Override
    public Entry look(String path) {
      return new Entry(path, Entry.Type.FILE, mode, bytes.length, null, null);
    }

    @Override
    public ReadableByteChannel open(String path) {
      return Channels.newChannel(new ByteArrayInputStream(bytes));
    }
  }

  record Directory(String at, int mode) implements Graft {
    @Override
    public Entry look(String path) {
      return new Entry(path, Entry.Type.DIRECTORY, mode, 0, null, null);
    }

    @Override
    public ReadableByteChannel open(String path) {
      throw new IllegalStateException("a directory has no content: " + path);
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }
}
