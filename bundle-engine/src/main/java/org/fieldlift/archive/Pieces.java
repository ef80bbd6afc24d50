package org.fieldlift.archive;

import java.util.ArrayList;
import java.util.List;

/// Cuts parts to what a medium can hold.
public final class Pieces {
  /// Largest piece unless a drive profile says otherwise: 2047 MiB, which every device can read.
  public static final long DEFAULT_LARGEST = 2047L << 20;

  /// Largest piece on FAT32: 4095 MiB. Never 4 GiB − 1: fsck.fat 4.2 truncates such a file to
  /// nothing.
  public static final long FAT32_LARGEST = 4095L << 20;

  /// Most pieces of one part: their numbers have three digits.
  public static final int MOST = 1000;

  private Pieces() {}

  /// The part as one piece.
  public static Piece whole(Part part) {
    return new Piece(part, 0, 0, part.size());
  }

  /// Pieces of these lengths, in order.
  ///
  /// @param lengths each positive, together exactly the part
  public static List<Piece> cut(Part part, List<Long> lengths) {
    if (lengths.size() > MOST) throw new IllegalArgumentException("more than " + MOST + " pieces");
    List<Piece> pieces = new ArrayList<>(lengths.size());
    long offset = 0;
    for (long length : lengths) {
      if (length <= 0 || length > part.size() - offset) {
        throw new IllegalArgumentException(length + " bytes from " + offset + " of " + part);
      }
      pieces.add(new Piece(part, pieces.size(), offset, length));
      offset += length;
    }
    if (offset != part.size()) {
      throw new IllegalArgumentException(part + " is cut only up to " + offset);
    }
    return List.copyOf(pieces);
  }

  /// As few pieces as possible, none larger than a limit.
  public static List<Piece> cut(Part part, long largest) {
    List<Long> lengths = new ArrayList<>();
    for (long left = part.size(); left > 0 && lengths.size() <= MOST; left -= largest) {
      lengths.add(Math.min(left, largest));
    }
    return cut(part, lengths);
  }
}
