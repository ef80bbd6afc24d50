package org.fieldlift.archive;

import java.io.IOException;
import java.io.OutputStream;

/// Takes the entries of an archive in order, each already compared with what was signed. A file's
/// bytes are proven only when [#file]'s stream has been closed without an exception.
public interface EntrySink {
  /// Only checks: everything is read, nothing is kept.
  EntrySink NOTHING =
      new EntrySink() {
        @Override
        public void directory(Entry entry) {}

        @Override
        public void symlink(Entry entry) {}

        @Override
        public OutputStream file(Entry entry) {
          return OutputStream.nullOutputStream();
        }
      };

  void directory(Entry entry) throws IOException;

  void symlink(Entry entry) throws IOException;

  /// A stream for the file's bytes; the caller closes it.
  OutputStream file(Entry entry) throws IOException;
}
