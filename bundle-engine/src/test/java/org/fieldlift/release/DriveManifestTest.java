package org.fieldlift.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;
import org.fieldlift.io.Problem;
import org.fieldlift.release.DriveManifest.HeldFile;
import org.fieldlift.release.DriveManifest.HeldPiece;
import org.fieldlift.release.DriveManifest.HeldRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriveManifestTest {
  private static final Part PART = new Part(Samples.digest(1), 100);
  private static final DriveManifest DRIVE =
      new DriveManifest(
          "FL-7K3QX2",
          "set-1",
          2,
          3,
          "Lab laptop 2",
          Samples.digest(2),
          Samples.CREATED,
          List.of(
              new HeldRelease(
                  Samples.digest(3),
                  Samples.PRODUCT,
                  "v1-dirty",
                  "linux/arm64",
                  List.of(
                      new HeldPiece(new Piece(PART, 0, 0, 60), Samples.digest(4), 1),
                      new HeldPiece(new Piece(PART, 1, 60, 40), Samples.digest(5), 2)))),
          List.of("device-1"),
          List.of(new HeldFile("README.txt", 7, Samples.digest(6))),
          List.of("FL-AAAAAA", "FL-7K3QX2", "FL-CCCCCC"));

  @Test
  void whatIsWrittenIsReadBackTheSame() throws IOException {
    assertThat(DriveManifest.parse(DRIVE.toJson())).isEqualTo(DRIVE);
  }

  @Test
  void theOtherCodesMayBeUnknown() throws IOException {
    DriveManifest alone =
        new DriveManifest(
            "FL-7K3QX2",
            "s",
            1,
            1,
            "x",
            Samples.digest(2),
            Samples.CREATED,
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(DriveManifest.parse(alone.toJson())).isEqualTo(alone);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = (char) 1,
      value = {
        "fieldlift.drive/1      | fieldlift.drive/9      | unknown format",
        "\"FL-7K3QX2\"          | \"fl/../x\"            | code",
        "\"number\" : 2         | \"number\" : 4         | number",
        "\"number\" : 2         | \"number\" : 0         | number",
        "\"of\" : 3             | \"of\" : 1000          | of",
        "\"of\" : 3             | \"of\" : 2             | codes",
        "\"FL-AAAAAA\",         | ''                     | codes",
        "\"partSize\" : 100     | \"partSize\" : 0       | partSize",
        "\"offset\" : 60        | \"offset\" : 100       | offset",
        "\"offset\" : 60        | \"offset\" : -1        | offset",
        "\"size\" : 40          | \"size\" : 41          | size",
        "\"number\" : 1,        | \"number\" : 1000,     | number",
        "\"drive\" : 1          | \"drive\" : 4          | drive",
        "README.txt             | ../README.txt          | path",
        "\"device-1\"           | 1                      | devices",
        "2026-05-12T08:30:00Z   | today                  | time",
      })
  void aMapThatMakesNoSenseIsRefused(String right, String wrong, String named) {
    String json = new String(DRIVE.toJson(), StandardCharsets.UTF_8);
    assertThat(json).contains(right);
    String broken = json.replace(right, wrong.replace("''", ""));
    assertThatThrownBy(() -> DriveManifest.parse(broken.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(named);
  }
}
