package org.fieldlift.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.archive.RawStream;
import org.fieldlift.io.PlainText;

/// The single-file form: a gzip member with the signed description, then the parts.
record SingleFileRelease(Path file, SignedRelease signed) implements OpenRelease {

  static SingleFileRelease open(Path file) throws IOException {
    try (RawStream raw = RawStream.of(Files.newInputStream(file))) {
      return new SingleFileRelease(file, SingleHead.read(raw));
    }
  }

  @Override
  public String where() {
    return PlainText.of(file.toString());
  }

  @Override
  public long archiveSize() throws IOException {
    return Math.max(0, Files.size(file) - SingleHead.size(signed.json().length));
  }

  @Override
  public void walk(PartVisitor visitor) throws IOException {
    try (RawStream raw = RawStream.of(Files.newInputStream(file))) {
      SingleHead.read(raw);
      while (!raw.isAtEnd()) visitor.part(raw);
    }
  }

  @Override
  public void close() {}
}
