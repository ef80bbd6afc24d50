package org.fieldlift.fat32;

import static org.fieldlift.fat32.DirectoryWriter.ENTRY;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fieldlift.io.Problem;

/// Reads the 32-byte entries of a foreign folder. A long name counts only when all its entries are
/// there, in order, with the checksum of the short name that follows; otherwise the short name
/// does.
final class DirectoryReader {
  private static final int DELETED = 0xE5;
  private static final int ESCAPED = 0x05;
  private static final int NAME = 11;
  private static final int BASE = 8;
  private static final int ATTRIBUTES = 0x3F;
  private static final int LOWER_BASE = 0x08;
  private static final int LOWER_EXTENSION = 0x10;

  /// Code page 437 from 128 on: what DOS meant by those bytes.
  private static final String BEYOND_ASCII =
      "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
          + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0";

  private final ByteBuffer bytes;
  private final String path;
  private final String drive;
  private final LongNameParts longName = new LongNameParts();
  private final List<Directory.Entry> entries = new ArrayList<>();
  private String label = "";

  private DirectoryReader(byte[] bytes, String path, String drive) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.path = path;
    this.drive = drive;
  }

  static Directory read(byte[] bytes, String path, String drive) throws Problem {
    DirectoryReader reader = new DirectoryReader(bytes, path, drive);
    for (int at = 0; at + ENTRY <= bytes.length && bytes[at] != 0; at += ENTRY) reader.entry(at);
    return new Directory(path, reader.label, reader.entries, drive);
  }

  private void entry(int at) throws Problem {
    int attributes = bytes.get(at + NAME) & ATTRIBUTES;
    if (Byte.toUnsignedInt(bytes.get(at)) == DELETED) {
      longName.forget();
    } else if (attributes == DirectoryWriter.LONG_NAME) {
      longName.add(bytes.slice(at, ENTRY).order(ByteOrder.LITTLE_ENDIAN));
    } else if ((attributes & DirectoryWriter.LABEL) != 0) {
      if (label.isEmpty()) label = decoded(at, NAME).stripTrailing();
      longName.forget();
    } else {
      named(at, (attributes & DirectoryWriter.FOLDER) != 0);
    }
  }

  private void named(int at, boolean isFolder) throws Problem {
    byte[] padded = new byte[NAME];
    bytes.get(at, padded);
    String whole = longName.take(ShortNames.checksum(padded));
    String shortName = shortName(at);
    if (shortName.equals(".") || shortName.equals("..")) return;
    if (!isUsable(shortName)) {
      throw Damage.of(drive, Damage.shown(path) + " holds a name that cannot be one");
    }
    long high = Short.toUnsignedLong(bytes.getShort(at + 20)) & 0x0FFF;
    entries.add(
        new Directory.Entry(
            whole != null && isUsable(whole) ? whole : shortName,
            shortName,
            isFolder,
            high << 16 | Short.toUnsignedLong(bytes.getShort(at + 26)),
            isFolder ? 0 : Integer.toUnsignedLong(bytes.getInt(at + 28))));
  }

  /// A name that could lead out of its folder once it is part of a path is none (CWE-22).
  private static boolean isUsable(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(unit -> unit < ' ' || unit == '/' || unit == '\\');
  }

  private String shortName(int at) {
    String base = decoded(at, BASE).stripTrailing();
    String extension = decoded(at + BASE, NAME - BASE).stripTrailing();
    int lower = bytes.get(at + NAME + 1);
    if ((lower & LOWER_BASE) != 0) base = base.toLowerCase(Locale.ROOT);
    if ((lower & LOWER_EXTENSION) != 0) extension = extension.toLowerCase(Locale.ROOT);
    return extension.isEmpty() ? base : base + "." + extension;
  }

  private String decoded(int at, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = at; i < at + length; i++) {
      int unit = Byte.toUnsignedInt(bytes.get(i));
      if (i % ENTRY == 0 && unit == ESCAPED) unit = DELETED;
      text.append(unit < 0x80 ? (char) unit : BEYOND_ASCII.charAt(unit - 0x80));
    }
    return text.toString();
  }
}
