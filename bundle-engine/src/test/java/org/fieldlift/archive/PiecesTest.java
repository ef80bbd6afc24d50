package org.fieldlift.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.fieldlift.io.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
  private static final Digest NAME = Digest.of(new byte[0]);

  @Property(tries = 100)
  void piecesJoinToThePart(
      @ForAll @LongRange(min = 1, max = 1L << 40) long size,
      @ForAll @LongRange(min = 1L << 31, max = 1L << 41) long largest) {
    List<Piece> pieces = Pieces.cut(new Part(NAME, size), largest);
    long end = 0;
    for (Piece piece : pieces) {
      assertThat(piece.offset()).isEqualTo(end);
      assertThat(piece.size()).isBetween(1L, largest);
      assertThat(PieceName.parse(piece.fileName()))
          .contains(new PieceName(NAME, pieces.indexOf(piece)));
      end += piece.size();
    }
    assertThat(end).isEqualTo(size);
  }

  @Test
  void aPartThatFitsIsOneWholePiece() {
    Part part = new Part(NAME, 77);
    assertThat(Pieces.cut(part, 77)).containsExactly(Pieces.whole(part));
    assertThat(Pieces.whole(part).isWhole()).isTrue();
    assertThat(Pieces.cut(part, List.of(70L, 7L)).getLast())
        .isEqualTo(new Piece(part, 1, 70, 7))
        .matches(piece -> !piece.isWhole());
  }

  @Test
  void lengthsThatAreNotThePartAreRefused() {
    Part part = new Part(NAME, 10);
    assertThatThrownBy(() -> Pieces.cut(part, List.of(4L, 5L))).hasMessageContaining("up to 9");
    assertThatThrownBy(() -> Pieces.cut(part, List.of(4L, 7L))).hasMessageContaining("7 bytes");
    assertThatThrownBy(() -> Pieces.cut(part, List.of(10L, 0L))).hasMessageContaining("0 bytes");
    assertThatThrownBy(() -> Pieces.cut(part, List.of(11L, -1L))).hasMessageContaining("11 bytes");
    assertThatThrownBy(() -> Pieces.cut(new Part(NAME, 1001), 1)).hasMessageContaining("1000");
  }

  @Test
  void noPieceIsTooLargeForFat32() {
    assertThat(Pieces.FAT32_LARGEST).isLessThan((1L << 32) - 1);
    assertThat(Pieces.DEFAULT_LARGEST).isLessThan(1L << 31);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".000", "%s", "%s.", "%s.00", "%s.0000", "%s.00a", "%s.000 ", "%s.+12"})
  void otherNamesAreNotPieces(String pattern) {
    String name = pattern.formatted(NAME.hex());
    assertThat(PieceName.parse(name)).isEmpty();
    assertThat(PieceName.parse("._" + name)).isEmpty();
    assertThat(PieceName.parse(NAME.hex().toUpperCase(java.util.Locale.ROOT) + ".000")).isEmpty();
  }
}
