package org.fieldlift.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fieldlift.archive.Entry;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;
import org.fieldlift.io.Digest;
import org.fieldlift.release.DriveManifest.HeldPiece;
import org.junit.jupiter.api.Test;

class SumsTest {
  private static final Digest DIGEST = Digest.of("x".getBytes(StandardCharsets.UTF_8));

  @Test
  void piecesAreListedInOrderRelativeToTheReleasesFolder() {
    Part part = new Part(DIGEST, 30);
    assertThat(
            Sums.ofPieces(
                List.of(
                    new HeldPiece(new Piece(part, 0, 0, 10), DIGEST, 1),
                    new HeldPiece(new Piece(part, 1, 10, 20), DIGEST, 2))))
        .isEqualTo(
            "%1$s  ../../pieces/%1$s.000\n%1$s  ../../pieces/%1$s.001\n".formatted(DIGEST.hex()));
  }

  @Test
  void namesWithNewlinesAreEscapedAsSha256sumReadsThem() {
    assertThat(Sums.ofEntries(List.of(file("plain name"), file("two\nlines\\"), folder("a"))))
        .isEqualTo("%1$s  plain name\n\\%1$s  two\\nlines\\\\\n".formatted(DIGEST.hex()));
  }

  private static Entry file(String path) {
    return new Entry(path, Entry.Type.FILE, 0644, 1, DIGEST, null);
  }

  private static Entry folder(String path) {
    return new Entry(path, Entry.Type.DIRECTORY, 0755, 0, null, null);
  }
}
