package org.fieldlift.release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.fieldlift.archive.RawStream;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskOutput;

/// Puts a new signature beside the same `release.json`.
final class Resigning {
  private Resigning() {}

  static SignedRelease sign(Path path, Signing signing) throws IOException {
    try (OpenRelease release = ReleaseForms.open(path)) {
      byte[] json = release.signed().json();
      Release.parse(json);
      byte[] signature = signing.sign(json);
      SignedRelease signed = SignedRelease.of(json, signature);
      if (release instanceof SingleFileRelease single) replaceHead(single, signed);
      else AtomicFiles.write(path.resolve(FormFiles.SIGNATURE), signature);
      return signed;
    }
  }

  /// Writes the file anew with another head: a crash leaves the old file or the new one.
  private static void replaceHead(SingleFileRelease release, SignedRelease signed)
      throws IOException {
    Path file = release.file().toRealPath();
    Path aside = AtomicFiles.aside(file);
    byte[] head = SingleHead.write(signed);
    try {
      try (RawStream in = RawStream.of(Files.newInputStream(file));
          FileChannel channel =
              FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = new DiskOutput(file, channel);
        SingleHead.read(in);
        out.write(head);
        in.transferTo(out);
        channel.force(true);
      }
      AtomicFiles.publish(aside, file);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
