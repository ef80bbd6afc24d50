package org.fieldlift.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// An archive in memory.
record Packed(List<Entry> entries, List<Part> parts, List<byte[]> bytes) {

  static Packed of(Path tree) throws IOException {
    return of(Tree.of(tree));
  }

  static Packed of(Tree tree) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    PartSink sink =
        new PartSink() {
          private ByteArrayOutputStream part = new ByteArrayOutputStream();

          @Override
          public OutputStream begin() {
            part = new ByteArrayOutputStream();
            return part;
          }

          @Override
          public void end(Part made) {
            bytes.add(part.toByteArray());
          }
        };
    ArchiveWriter.Written written =
        ArchiveWriter.write(
            tree, ArchiveWriter.scan(tree), sink, new Progress("packing"), new Cancellation());
    return new Packed(written.entries(), written.parts(), bytes);
  }

  byte[] archive() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    bytes.forEach(all::writeBytes);
    return all.toByteArray();
  }

  void unpack(Path folder) throws IOException {
    Unpacker unpacker = new Unpacker(folder);
    check(entries, archive(), unpacker);
    unpacker.finish();
  }

  /// Reads a whole archive and returns what its parts were found to be.
  static List<Part> check(List<Entry> signed, byte[] archive, EntrySink sink) throws IOException {
    ArchiveCheck check =
        new ArchiveCheck(signed, sink, new Progress("checking"), new Cancellation());
    ByteArrayInputStream raw = new ByteArrayInputStream(archive);
    RawStream stream = RawStream.of(raw);
    List<Part> parts = new ArrayList<>();
    while (!stream.isAtEnd()) parts.add(check.part(stream, OutputStream.nullOutputStream()));
    check.finish();
    return parts;
  }
}
