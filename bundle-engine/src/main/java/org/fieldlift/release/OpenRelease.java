package org.fieldlift.release;

import java.io.IOException;
import java.io.InputStream;

/// A release that can be read, whatever form it comes in: single file, directory, drives of a set,
/// or the station's store.
public interface OpenRelease extends AutoCloseable {
  /// Where it lies, for people.
  String where();

  SignedRelease signed();

  /// Compressed bytes of the archive as far as known beforehand; for progress and space checks.
  long archiveSize() throws IOException;

  /// The archive's parts, one after the other. Called once; the walk ends when the visitor's
  /// archive is complete or the form has no more bytes.
  ///
  /// @param visitor takes exactly one part (gzip member) from the stream each time
  void walk(PartVisitor visitor) throws IOException;

  @Override
  void close() throws IOException;

  @FunctionalInterface
  interface PartVisitor {
    void part(InputStream raw) throws IOException;
  }
}
