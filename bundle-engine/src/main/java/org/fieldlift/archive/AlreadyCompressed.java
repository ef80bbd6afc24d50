package org.fieldlift.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.zip.Deflater;

/// Tells content that deflate would only slow down: image layers, archives, pictures.
///
/// Decided by the first bytes alone, never by a name, so the same content is always packed to the
/// same bytes.
final class AlreadyCompressed {
  /// How much of a file is looked at.
  static final int HEAD = 64 << 10;

  /// Smaller files are always deflated: their tar headers weigh more than what could be saved.
  static final int SMALLEST = 16 << 10;

  /// From here a file without a known signature is tried out; below, trying would take longer than
  /// deflating in vain.
  private static final int TRIAL_FROM = 256 << 10;

  /// What saves less than one part in twenty is not worth deflating.
  private static final int LEAST_SAVING = 20;

  /// Signatures at the very beginning: gzip, zlib (git objects), zstd, lz4, xz, bzip2, 7z, zip,
  /// squashfs (RAUC bundles), git packs, PNG, JPEG, Matroska, Ogg, WOFF2.
  private static final List<byte[]> SIGNATURES =
      List.of(
          bytes("\u001f\u008b\b"),
          bytes("x\u0001"),
          bytes("x\u009c"),
          bytes("(\u00b5/\u00fd"),
          bytes("\u0004\"M\u0018"),
          bytes("\u00fd7zXZ\0"),
          bytes("BZh"),
          bytes("7z\u00bc\u00af'\u001c"),
          bytes("PK\u0003\u0004"),
          bytes("hsqs"),
          bytes("PACK"),
          bytes("\u0089PNG"),
          bytes("\u00ff\u00d8\u00ff"),
          bytes("\u001aE\u00df\u00a3"),
          bytes("OggS"),
          bytes("wOF2"));

  /// MP4 and its kin say so after a length.
  private static final byte[] MP4 = bytes("ftyp");

  private AlreadyCompressed() {}

  /// @param head the file's first bytes
  /// @param length how many of them there are
  /// @param size of the whole file
  static boolean isSo(byte[] head, int length, long size) {
    if (size < SMALLEST) return false;
    for (byte[] signature : SIGNATURES) if (isAt(head, 0, signature)) return true;
    if (isAt(head, 4, MP4)) return true;
    return size >= TRIAL_FROM && isHardToDeflate(head, length);
  }

  private static boolean isHardToDeflate(byte[] head, int length) {
    Deflater trial = new Deflater(Deflater.BEST_SPEED, true);
    try {
      trial.setInput(head, 0, length);
      trial.finish();
      int enough = length - length / LEAST_SAVING;
      return trial.deflate(new byte[enough]) == enough;
    } finally {
      trial.end();
    }
  }

  private static boolean isAt(byte[] head, int offset, byte[] signature) {
    for (int i = 0; i < signature.length; i++) {
      if (head[offset + i] != signature[i]) return false;
    }
    return true;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
