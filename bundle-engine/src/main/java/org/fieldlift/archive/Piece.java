package org.fieldlift.archive;

/// A part, or a slice of one, cut to what a medium can hold.
///
/// @param part the part it is of
/// @param number place among the slices of its part, from 0
/// @param offset first byte within the part
/// @param size length in bytes
public record Piece(Part part, int number, long offset, long size) {

  /// The name of its file on a drive: the part's digest and a three-digit number.
  public String fileName() {
    return "%s.%03d".formatted(part.sha256().hex(), number);
  }

  /// True when this is the part as a whole, so the part's digest is the piece's digest.
  public boolean isWhole() {
    return offset == 0 && size == part.size();
  }
}
