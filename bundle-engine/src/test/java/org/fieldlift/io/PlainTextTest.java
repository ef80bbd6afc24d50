package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void ordinaryTextInAnyScriptIsLeftAlone() {
    assertThat(PlainText.of("Größe µm – ∞ 顕微鏡 Δ")).isEqualTo("Größe µm – ∞ 顕微鏡 Δ");
  }

  @Test
  void terminalEscapesAreWrittenOut() {
    assertThat(PlainText.of("\u001b[2Jgone")).isEqualTo("<U+001B>[2Jgone");
  }

  @Test
  void directionMarksAreWrittenOut() {
    assertThat(PlainText.of("gpj.\u202Eexe")).isEqualTo("gpj.<U+202E>exe");
    assertThat(PlainText.of("a\u2066b\u200Fc")).isEqualTo("a<U+2066>b<U+200F>c");
  }

  @Test
  void newlinesCannotForgeALine() {
    assertThat(PlainText.of("name\nGenuine.")).isEqualTo("name<U+000A>Genuine.");
  }

  @Test
  void aLoneSurrogateIsWrittenOut() {
    assertThat(PlainText.of("\uD800")).isEqualTo("<U+D800>");
  }

  @Test
  void veryLongTextIsCut() {
    assertThat(PlainText.of("x".repeat(5000))).hasSize(1001).endsWith("…");
  }
}
