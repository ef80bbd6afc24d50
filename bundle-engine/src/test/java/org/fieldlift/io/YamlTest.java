package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
  @Test
  void aMappingIsReadInOrder() throws Problem {
    assertThat(read("b: 1\na: [x, y]\n")).containsOnlyKeys("b", "a").containsEntry("b", 1);
  }

  @Test
  void anEmptyDocumentIsAnEmptyMapping() throws Problem {
    assertThat(read("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: 1\na: 2\n", "- 1\n", "a: [", "a: !!java.net.URL [x]\n", "text"})
  void whatIsNoPlainMappingIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(Problem.class);
  }

  @Test
  void anAliasBombIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> read(bomb.toString())).isInstanceOf(Problem.class);
  }

  @Test
  void endlessNestingIsRefused() {
    assertThatThrownBy(() -> read("a: " + "[".repeat(100_000))).isInstanceOf(Problem.class);
  }

  private static java.util.Map<String, @org.jspecify.annotations.Nullable Object> read(String text)
      throws Problem {
    return Yaml.readMap(text.getBytes(StandardCharsets.UTF_8), "test.yml");
  }

  @Test
  void whatIsNestedTooDeeplyIsRefusedBeforeItFillsTheStack() throws Problem {
    String deepest = "[".repeat(ShallowParser.DEEPEST - 1) + "]".repeat(ShallowParser.DEEPEST - 1);
    assertThat(read("a: " + deepest)).containsKey("a");
    assertThatThrownBy(() -> read("a: [" + deepest + "]"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("it is nested too deeply");
  }
}
