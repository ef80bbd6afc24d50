package org.fieldlift.forklift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Expected forms were observed from Forklift's own writer.
class YamlWritingTest {
  @ParameterizedTest
  @ValueSource(strings = {"v1.2.3", "a:b", "a,b", "é", "=", "<<", "-a", "factory-reset", "1.2.3"})
  void anUnmistakableTextIsBare(String text) {
    assertThat(YamlText.of(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.5",
        "0x1f",
        "012",
        "20240101000000",
        "2024-01-01",
        "true",
        "yes",
        "on",
        "null",
        "~",
        "",
        "123e45",
        "No",
        "1:30",
        ".inf",
        "-12",
        "1_000"
      })
  void whatCouldBeAnotherTypeIsInDoubleQuotes(String text) {
    assertThat(YamlText.of(text)).isEqualTo('"' + text + '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b", "# x", " a", "a ", "@a", "*a", "&a", "!a", "%a", "[a", "{a", "`a", "- a", "-", "a:"
      })
  void whatIsNotAllowedBareIsInSingleQuotes(String text) {
    assertThat(YamlText.of(text)).isEqualTo("'" + text + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'a'|'''a'''",
        "a'b|a'b",
        "\"a\"|'\"a\"'",
        "\uD83D\uDE00|\"\\U0001F600\"",
        "a\u0085b|\"a\\Nb\"",
        "a\u2028b|\"a\\u2028b\""
      })
  void quotesAndEscapesAreForkliftsOwn(String text, String written) {
    assertThat(YamlText.of(text)).isEqualTo(written);
  }

  @Test
  void aLongKeyIsMarked() {
    String longest = "k".repeat(128);
    assertThat(YamlText.key("  ", longest)).isEqualTo("  " + longest + ": ");
    assertThat(YamlText.key("  ", longest + "k")).isEqualTo("  ? " + longest + "k\n  : ");
    assertThat(YamlText.key("  ", "é".repeat(70))).startsWith("  ? é");
  }

  @Property(tries = 200)
  void everyNameIsReadAsItWasWritten(@ForAll String name) throws Problem {
    String clean =
        name.codePoints()
            .filter(Character::isDefined)
            .filter(c -> !isSurrogate(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    Map<String, ?> read = Yaml.readMap(("name: " + YamlText.of(clean)).getBytes(UTF_8), "a test");
    assertThat(read.get("name")).isEqualTo(clean);
  }

  @Test
  void keysAreOrderedAsPeopleCount() {
    List<String> ordered =
        List.of(
            "",
            "/x",
            "9",
            "10",
            "A",
            "B",
            "a",
            "a b",
            "a-b",
            "a.b",
            "a/b",
            "a_b",
            "a1",
            "a1b",
            "a01",
            "a9",
            "a10",
            "ab",
            "b",
            "github.com/a-b/c",
            "github.com/a/b",
            "host",
            "host/x",
            "hosts");
    List<String> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(7));
    shuffled.sort(new YamlKeys());
    assertThat(shuffled).isEqualTo(ordered);
  }

  @ParameterizedTest
  @CsvSource({"a100, a19", "b, b", "x05, x9", "v1-, v1b"})
  void theOrderIsTheSameFromBothSides(String one, String other) {
    YamlKeys keys = new YamlKeys();
    assertThat(Integer.signum(keys.compare(one, other)))
        .isEqualTo(-Integer.signum(keys.compare(other, one)));
    assertThat(keys.compare(one, other) == 0).isEqualTo(one.equals(other));
  }

  private static boolean isSurrogate(int point) {
    return point >= 0xd800 && point <= 0xdfff;
  }
}
