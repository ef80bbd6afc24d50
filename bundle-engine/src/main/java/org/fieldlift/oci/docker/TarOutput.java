package org.fieldlift.oci.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.Descriptor;
import org.fieldlift.oci.ImageLayout;

/// A tar on its way to a daemon: a few documents, and blobs straight from a layout's files, each
/// checked as it passes.
///
/// The headers are the plain ones of POSIX.1-1988. A size beyond their eleven octal digits (8 GiB)
/// is written in binary, as GNU tar does and Go reads.
final class TarOutput {
  private static final int BLOCK = 512;
  private static final int BUFFER = 1 << 18;
  private static final long LARGEST_OCTAL = (1L << 33) - 1;

  private final OutputStream out;
  private final Progress progress;
  private final Cancellation cancellation;

  TarOutput(OutputStream out, Progress progress, Cancellation cancellation) {
    this.out = out;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  void put(String name, byte[] bytes) throws IOException {
    out.write(header(name, bytes.length));
    out.write(bytes);
    pad(bytes.length);
  }

  /// @throws Problem when the file is not the blob; its entry stays unfinished then
  void put(String name, Descriptor blob, ImageLayout layout) throws IOException {
    Path file = layout.blob(blob.digest()).orElseThrow(() -> damaged(layout, blob));
    if (Files.size(file) != blob.size()) throw damaged(layout, blob);
    out.write(header(name, blob.size()));
    Digest.Hasher hasher = new Digest.Hasher();
    byte[] buffer = new byte[BUFFER];
    long left = blob.size();
    try (var in = Files.newInputStream(file)) {
      while (left > 0) {
        cancellation.check();
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) throw damaged(layout, blob);
        hasher.update(buffer, 0, count);
        left -= count;
        if (left == 0 && !hasher.digest().equals(blob.digest())) throw damaged(layout, blob);
        out.write(buffer, 0, count);
        progress.advance(count);
      }
    }
    pad(blob.size());
  }

  void end() throws IOException {
    out.write(new byte[2 * BLOCK]);
  }

  /// A blob of a layout is not what its digest says.
  static Problem damaged(ImageLayout layout, Descriptor blob) {
    return Problem.notGenuine(
        "The images in %s are damaged: %s… is missing or not what it should be."
            .formatted(PlainText.of(layout.folder().toString()), blob.digest().brief()),
        "Get them again from where they came from.");
  }

  static byte[] header(String name, long size) {
    byte[] block = new byte[BLOCK];
    text(block, 0, name);
    octal(block, 100, 7, 0644);
    octal(block, 108, 7, 0);
    octal(block, 116, 7, 0);
    if (size <= LARGEST_OCTAL) {
      octal(block, 124, 11, size);
    } else {
      block[124] = (byte) 0x80;
      for (int i = 0; i < Long.BYTES; i++) block[135 - i] = (byte) (size >>> (8 * i));
    }
    octal(block, 136, 11, 0);
    text(block, 148, "        ");
    block[156] = '0';
    text(block, 257, "ustar\00000");
    int sum = 0;
    for (byte each : block) sum += each & 0xff;
    octal(block, 148, 6, sum);
    block[154] = 0;
    return block;
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) (-size & (BLOCK - 1))]);
  }

  private static void text(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  private static void octal(byte[] block, int at, int digits, long value) {
    long left = value;
    for (int i = digits - 1; i >= 0; i--) {
      block[at + i] = (byte) ('0' + (left & 7));
      left >>>= 3;
    }
  }
}
