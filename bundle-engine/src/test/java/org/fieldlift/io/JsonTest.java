package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"text\"",
        "{",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{} {}",
        "{'a':1}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "{\"a\":1,}",
        "{\"a\":NaN}",
        "{\"a\":11111111111111111111111111111111111111111111}",
        "// a\n{}"
      })
  void anythingButOneStrictObjectIsRefused(String text) {
    assertThatThrownBy(() -> Json.readObject(text.getBytes(StandardCharsets.UTF_8), "test.json"))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("test.json cannot be read");
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"a\":".repeat(1000) + "1" + "}".repeat(1000);
    assertThatThrownBy(() -> Json.readObject(deep.getBytes(StandardCharsets.UTF_8), "deep"))
        .isInstanceOf(Problem.class);
  }

  @Test
  void theRefusalDoesNotObeyTheDocument() {
    String hostile = "{\"\u001b[31m\":1,\"\u001b[31m\":2}";
    assertThatThrownBy(() -> Json.readObject(hostile.getBytes(StandardCharsets.UTF_8), "x"))
        .isInstanceOf(Problem.class)
        .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("\u001b"));
  }

  @Test
  void writingIsTheSameEveryTimeAndReadsBack() throws Problem {
    var object = Json.object();
    object.put("b", 1).put("a", "µ").putArray("list").add(1).add("two");
    byte[] bytes = Json.write(object);
    assertThat(bytes).isEqualTo(Json.write(object.deepCopy()));
    assertThat(new String(bytes, StandardCharsets.UTF_8)).endsWith("}\n").contains("µ");
    assertThat(Json.readObject(bytes, "again")).isEqualTo(object);
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] beyondUnicode = "{\"a\":\"õ\u008b««\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Json.readObject(beyondUnicode, "x")).hasMessageContaining("not UTF-8");
    byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> Json.readObject(utf16, "x")).isInstanceOf(Problem.class);
    assertThatCode(() ->
            Json.readObject("{\"a\":\"\\ud83d\\ude00\"}".getBytes(StandardCharsets.UTF_8), "x"))
        .doesNotThrowAnyException();
  }
}
