package org.fieldlift.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// The one way an entry's tar header is written (POSIX.1-2001, pax interchange format).
///
/// Because there is only one, a reader needs no tar parser: it compares bytes with what the signed
/// entry would give, and whatever else a header could carry is refused.
final class TarHeader {
  /// Everything in a tar is counted in blocks of this many bytes.
  static final int BLOCK = 512;

  /// Two empty blocks end an archive.
  static final int END_MARK = 2 * BLOCK;

  /// Time of all entries, 1980-01-01T00:00:00Z: the earliest that FAT and zip can hold too.
  private static final long TIME = 315_532_800L;

  private static final long LARGEST_OCTAL = (1L << 33) - 1;
  private static final int NAME_ROOM = 100;
  private static final String PAX_NAME = "pax-header";

  private TarHeader() {}

  /// All header blocks of an entry, a pax header before the plain one where the latter has no room.
  static byte[] of(Entry entry) {
    String name = entry.type() == Entry.Type.DIRECTORY ? entry.path() + "/" : entry.path();
    String target = entry.target() == null ? "" : entry.target();
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    if (!fits(name)) record(records, "path", name);
    if (!fits(target)) record(records, "linkpath", target);
    if (entry.size() > LARGEST_OCTAL) record(records, "size", Long.toString(entry.size()));
    char type =
        switch (entry.type()) {
          case FILE -> '0';
          case SYMLINK -> '2';
          case DIRECTORY -> '5';
        };
    long size = entry.size() > LARGEST_OCTAL ? 0 : entry.size();
    byte[] plain = plain(name, entry.mode(), size, type, target);
    if (records.size() == 0) return plain;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(plain(PAX_NAME, 0644, records.size(), 'x', ""));
    all.writeBytes(records.toByteArray());
    all.writeBytes(new byte[padding(records.size())]);
    all.writeBytes(plain);
    return all.toByteArray();
  }

  /// Zero bytes that follow a content of this size.
  static int padding(long size) {
    return (int) (-size & (BLOCK - 1));
  }

  /// Bytes an entry takes in the tar: header, content, padding.
  static long length(Entry entry) {
    return of(entry).length + entry.size() + padding(entry.size());
  }

  /// The size a plain header tells, or -1 when it tells none. Nothing else of it is believed.
  static long size(byte[] header) {
    if (header.length != BLOCK) return -1;
    long size = 0;
    for (int i = 124; i < 135; i++) {
      if (header[i] < '0' || header[i] > '7') return -1;
      size = size << 3 | (header[i] - '0');
    }
    return size;
  }

  private static boolean fits(String text) {
    return text.length() <= NAME_ROOM && text.chars().allMatch(unit -> unit < 0x80);
  }

  /// `<length> <key>=<value>\n`, where the length counts its own digits.
  private static void record(ByteArrayOutputStream records, String key, String value) {
    byte[] body = (" " + key + "=" + value + "\n").getBytes(UTF_8);
    int length = body.length + 1;
    while (Integer.toString(length).length() + body.length != length) length++;
    records.writeBytes(Integer.toString(length).getBytes(UTF_8));
    records.writeBytes(body);
  }

  private static byte[] plain(String name, int mode, long size, char type, String target) {
    byte[] block = new byte[BLOCK];
    text(block, 0, name);
    octal(block, 100, 7, mode);
    octal(block, 108, 7, 0);
    octal(block, 116, 7, 0);
    octal(block, 124, 11, size);
    octal(block, 136, 11, TIME);
    Arrays.fill(block, 148, 156, (byte) ' ');
    block[156] = (byte) type;
    text(block, 157, target);
    text(block, 257, "ustar\00000");
    octal(block, 329, 7, 0);
    octal(block, 337, 7, 0);
    int sum = 0;
    for (byte each : block) sum += each & 0xff;
    octal(block, 148, 6, sum);
    block[154] = 0;
    return block;
  }

  /// As many bytes of the text as have room; the pax header holds the whole where that is not all.
  private static void text(byte[] block, int offset, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, block, offset, Math.min(bytes.length, NAME_ROOM));
  }

  private static void octal(byte[] block, int offset, int digits, long value) {
    for (int i = digits - 1; i >= 0; i--) {
      block[offset + i] = (byte) ('0' + (value & 7));
      value >>>= 3;
    }
  }
}
