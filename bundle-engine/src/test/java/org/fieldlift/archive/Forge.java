package org.fieldlift.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.fieldlift.io.Digest;

/// Makes archives that Fieldlift would not: for an attacker's part in tests.
final class Forge {
  private Forge() {}

  /// An entry with what stands behind its header.
  record Item(Entry entry, byte[] content) {
    byte[] tar() {
      return join(TarHeader.of(entry), content, new byte[TarHeader.padding(content.length)]);
    }
  }

  static Item file(String path, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new Item(
        new Entry(path, Entry.Type.FILE, 0644, bytes.length, Digest.of(bytes), null), bytes);
  }

  static Item folder(String path) {
    return new Item(new Entry(path, Entry.Type.DIRECTORY, 0755, 0, null, null), new byte[0]);
  }

  static Item link(String path, String target) {
    return new Item(new Entry(path, Entry.Type.SYMLINK, 0777, 0, null, target), new byte[0]);
  }

  static byte[] tar(List<Item> items) {
    return join(items.stream().map(Item::tar).toArray(byte[][]::new));
  }

  static byte[] end() {
    return member(new byte[TarHeader.END_MARK]);
  }

  static byte[] member(byte[] plain) {
    return member(Gzip.header(0), deflate(plain), plain);
  }

  static byte[] member(byte[] header, byte[] deflated, byte[] plain) {
    CRC32 crc = new CRC32();
    crc.update(plain);
    return join(header, deflated, Gzip.trailer((int) crc.getValue(), plain.length));
  }

  static byte[] deflate(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(plain);
    deflater.finish();
    byte[] buffer = new byte[4096];
    while (!deflater.finished()) out.write(buffer, 0, deflater.deflate(buffer));
    deflater.end();
    return out.toByteArray();
  }

  static byte[] join(byte[]... all) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(all).forEach(out::writeBytes);
    return out.toByteArray();
  }
}
