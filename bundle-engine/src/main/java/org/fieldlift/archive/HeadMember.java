package org.fieldlift.archive;

import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Problem;

/// The gzip member at the head of a single-file archive: a few small files, stored as they are.
///
/// Its length can be chosen, because an extra field of the gzip header (RFC 1952 2.3.1.1) pads it:
/// room is kept when the archive is begun, and filled when everything after it is known and signed.
public final class HeadMember {
  /// Most bytes a head can be longer than its files need.
  public static final int MOST_PADDING = 65_535 - 4;

  private static final int FRAME = 65_535;
  private static final int FRAME_HEADER = 5;
  private static final int EXTRA_HEADER = 6;

  /// Bytes that tell a head from other gzip files.
  public static final int BEGINNING = Gzip.HEADER + 4;

  private HeadMember() {}

  /// True when these are the first bytes of a head, as far as they can tell.
  public static boolean begins(byte[] start) {
    byte[] header = Gzip.header(Gzip.EXTRA);
    return start.length == BEGINNING
        && Arrays.equals(start, 0, header.length, header, 0, header.length)
        && start[BEGINNING - 2] == 'F'
        && start[BEGINNING - 1] == 'L';
  }

  /// The least length of a head with these files, in bytes. Depends only on names and lengths.
  public static long sizeFor(List<NamedBytes> files) {
    long plain = 0;
    for (NamedBytes file : files)
      plain += TarHeader.length(entry(file.name(), file.bytes().length));
    long frames = Math.ceilDiv(plain, FRAME);
    return Gzip.HEADER + EXTRA_HEADER + plain + frames * FRAME_HEADER + Gzip.end(0, 0).length;
  }

  /// A head of exactly this length.
  ///
  /// @param exactSize from [#sizeFor] to [#MOST_PADDING] bytes more
  public static byte[] write(List<NamedBytes> files, long exactSize) {
    long padding = exactSize - sizeFor(files);
    if (padding < 0 || padding > MOST_PADDING) {
      throw new IllegalArgumentException(
          "a head of " + sizeFor(files) + " bytes cannot be made " + exactSize + " bytes long");
    }
    byte[] plain = tar(files);
    CRC32 crc = new CRC32();
    crc.update(plain);
    ByteBuffer head =
        ByteBuffer.allocate(Math.toIntExact(exactSize)).order(ByteOrder.LITTLE_ENDIAN);
    head.put(Gzip.header(Gzip.EXTRA)).putShort((short) (padding + 4));
    head.put((byte) 'F').put((byte) 'L').putShort((short) padding).put(new byte[(int) padding]);
    for (int start = 0; start < plain.length; start += FRAME) {
      int count = Math.min(FRAME, plain.length - start);
      head.put((byte) 0).putShort((short) count).putShort((short) ~count);
      head.put(plain, start, count);
    }
    return head.put(Gzip.end((int) crc.getValue(), plain.length)).array();
  }

  /// Reads a head and leaves the stream behind it.
  ///
  /// @param names of the files it must hold, in order, and nothing else
  /// @param limit the most bytes one of them may have
  /// @throws Problem of kind NOT_GENUINE when it is not such a head
  public static List<NamedBytes> read(RawStream raw, List<String> names, int limit)
      throws IOException {
    List<NamedBytes> files = new ArrayList<>();
    try (GzipMember member = new GzipMember(raw, Gzip.EXTRA, OutputStream.nullOutputStream())) {
      for (String name : names) files.add(read(member, name, limit));
      if (member.read() >= 0) throw other("it holds more than it should");
    }
    return List.copyOf(files);
  }

  private static NamedBytes read(GzipMember member, String name, int limit) throws IOException {
    byte[] header = member.readNBytes(TarHeader.of(entry(name, 0)).length);
    long size = TarHeader.size(header);
    if (size > limit) throw Limits.tooLarge(name, size, limit);
    if (size < 0 || !Arrays.equals(header, TarHeader.of(entry(name, size)))) {
      throw other(shown(name) + " is not in its place");
    }
    byte[] bytes = member.readNBytes((int) size);
    byte[] padding = member.readNBytes(TarHeader.padding(size));
    if (bytes.length < size || !Arrays.equals(padding, new byte[TarHeader.padding(size)])) {
      throw other(shown(name) + " does not end as it should");
    }
    return new NamedBytes(name, bytes);
  }

  private static byte[] tar(List<NamedBytes> files) {
    long length = 0;
    for (NamedBytes file : files)
      length += TarHeader.length(entry(file.name(), file.bytes().length));
    ByteBuffer tar = ByteBuffer.allocate(Math.toIntExact(length));
    for (NamedBytes file : files) {
      tar.put(TarHeader.of(entry(file.name(), file.bytes().length))).put(file.bytes());
      tar.position(tar.position() + TarHeader.padding(file.bytes().length));
    }
    return tar.array();
  }

  private static Entry entry(String name, long size) {
    return new Entry(name, Entry.Type.FILE, 0644, size, null, null);
  }

  private static Problem other(String why) {
    return ArchiveCheck.notGenuine(
        "The head of the archive is not as Fieldlift writes it: " + why + ".");
  }
}
