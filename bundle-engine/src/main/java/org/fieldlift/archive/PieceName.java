package org.fieldlift.archive;

import java.util.Optional;
import java.util.regex.Pattern;
import org.fieldlift.io.Digest;

/// What the name of a piece's file says: of which part it is, and its place there.
///
/// @param part digest of the whole part
/// @param number from 0 to 999
public record PieceName(Digest part, int number) {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.[0-9]{3}");

  /// Reads the name of a file on a drive exactly as [Piece#fileName] writes it; any other name is
  /// not a piece.
  public static Optional<PieceName> parse(String fileName) {
    if (!NAME.matcher(fileName).matches()) return Optional.empty();
    return Optional.of(
        new PieceName(
            new Digest(fileName.substring(0, 64)), Integer.parseInt(fileName.substring(65))));
  }
}
