package org.fieldlift.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fieldlift.archive.Part;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartListTest {
  private static final PartList TWO =
      new PartList(
          Samples.digest(0),
          List.of(new Part(Samples.digest(1), 10), new Part(Samples.digest(2), 32)));

  @Test
  void whatIsWrittenIsReadBackTheSame() throws IOException {
    assertThat(PartList.parse(TWO.toJson())).isEqualTo(TWO);
    assertThat(TWO.size()).isEqualTo(42);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fieldlift.parts/1 | fieldlift.parts/2 | unknown format",
        "\"size\" : 10     | \"size\" : 0      | size",
        "\"size\" : 10     | \"size\" : 1e3    | size",
        "\"size\" : 10     | \"size\" : 9223372036854775807 | size",
        "\"parts\"         | \"pieces\"        | parts",
        "\"release\"       | \"rel\"           | release",
      })
  void anythingElseIsRefused(String right, String wrong, String named) {
    String json = new String(TWO.toJson(), StandardCharsets.UTF_8);
    assertThat(json).contains(right);
    byte[] broken = json.replace(right, wrong).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> PartList.parse(broken))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(named);
  }

  @Test
  void noPartComesTwice() {
    Part part = TWO.parts().getFirst();
    byte[] twice = new PartList(TWO.release(), List.of(part, part)).toJson();
    assertThatThrownBy(() -> PartList.parse(twice)).hasMessageContaining("without duplicates");
  }
}
