package org.fieldlift.provision;

import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;

/// Cuts one part into pieces, front to back.
final class PartCutter {
  private final Part part;
  private final long largestPiece;
  private long offset;
  private int number;

  PartCutter(Part part, long largestPiece) {
    this.part = part;
    this.largestPiece = largestPiece;
  }

  boolean isDone() {
    return offset == part.size();
  }

  /// Bytes not yet cut.
  long left() {
    return part.size() - offset;
  }

  /// The length the next piece would like to have.
  long wish() {
    return Math.min(left(), largestPiece);
  }

  Piece cut(long length) {
    Piece piece = new Piece(part, number++, offset, length);
    offset += length;
    return piece;
  }
}
