package org.fieldlift.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.fieldlift.io.Digest;
import org.junit.jupiter.api.Test;

class PieceTest {
  private static final Part PART = new Part(Digest.of(new byte[] {1}), 77);

  @Test
  void aPieceIsNamedAfterItsPartAndItsPlace() {
    assertThat(new Piece(PART, 7, 70, 7).fileName()).isEqualTo(PART.sha256().hex() + ".007");
  }

  @Test
  void onlyAPieceOfAllOfItsPartIsWhole() {
    assertThat(new Piece(PART, 0, 0, 77).isWhole()).isTrue();
    assertThat(new Piece(PART, 0, 0, 70).isWhole()).isFalse();
    assertThat(new Piece(PART, 1, 70, 7).isWhole()).isFalse();
  }
}
