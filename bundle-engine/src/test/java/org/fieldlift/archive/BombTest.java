package org.fieldlift.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.Test;

/// Small input that wants to become much, or never to end.
class BombTest {
  private static final List<Entry> SIGNED = List.of(Forge.file("a", "content").entry());

  @Test
  void inflatingStopsWhereTheSignedListEnds() throws Exception {
    byte[] bomb = Forge.member(Forge.join(Forge.file("a", "content").tar(), new byte[16 << 20]));
    assertThat(bomb.length).isLessThan(100_000);
    try (GzipMember member =
        new GzipMember(RawStream.of(stream(bomb)), 0, OutputStream.nullOutputStream())) {
      assertThat(member.readNBytes(1025)).hasSize(1025);
    }
    assertThatThrownBy(() -> part(stream(bomb)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("goes on behind its last entry");
  }

  @Test
  void aMemberOfEmptyBlocksWithoutEndIsStopped() {
    Counting endless = new Counting(new byte[] {0, 0, 0, (byte) 255, (byte) 255});
    InputStream raw = new SequenceInputStream(stream(Gzip.header(0)), endless);
    assertThatThrownBy(() -> part(raw))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("far fewer bytes than it is long");
    assertThat(endless.count).isLessThan(3 << 20);
  }

  @Test
  void aLargeFileIsReadInBoundedMemory() throws Exception {
    long size = 100L << 20;
    Digest.Hasher hasher = new Digest.Hasher();
    byte[] mebibyte = new byte[1 << 20];
    for (int i = 0; i < 100; i++) hasher.update(mebibyte, 0, mebibyte.length);
    Entry entry = new Entry("zeros", Entry.Type.FILE, 0644, size, hasher.digest(), null);
    byte[] part = zeros(entry);
    assertThat(part.length).isLessThan(1 << 20);
    long before = allocated();
    ArchiveCheck check = check(List.of(entry));
    check.part(stream(part), OutputStream.nullOutputStream());
    assertThat(allocated() - before).isLessThan(16 << 20);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static Part part(InputStream raw) throws IOException {
    return check(SIGNED).part(raw, OutputStream.nullOutputStream());
  }

  private static ArchiveCheck check(List<Entry> signed) {
    return new ArchiveCheck(signed, EntrySink.NOTHING, new Progress("check"), new Cancellation());
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  /// The same few bytes for ever.
  private static final class Counting extends InputStream {
    private final byte[] pattern;
    private long count;

    Counting(byte[] pattern) {
      this.pattern = pattern;
    }

    @Override
    public int read() {
      return pattern[(int) (count++ % pattern.length)] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      for (int i = 0; i < length; i++) into[offset + i] = (byte) read();
      return length;
    }
  }

  /// A part with a file of zeros that exists nowhere.
  private static byte[] zeros(Entry entry) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16)) {
      gzip.write(TarHeader.of(entry));
      byte[] zeros = new byte[1 << 20];
      for (long left = entry.size(); left > 0; left -= zeros.length) gzip.write(zeros);
    }
    byte[] part = out.toByteArray();
    System.arraycopy(Gzip.header(0), 0, part, 0, Gzip.HEADER);
    return part;
  }
}
