package org.fieldlift.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialFileTest {
  @TempDir Path folder;
  private PartialFile partial;

  @BeforeEach
  void aDownloadThatBegan() {
    partial = new PartialFile(folder.resolve("x.partial"));
  }

  @Test
  void theValidatorIsRememberedInOneStepAndForgotten() throws IOException {
    partial.rememberTag(Optional.of("\"one\""));
    partial.rememberTag(Optional.of("\"two\""));
    assertThat(partial.tag()).contains("\"two\"");
    assertThat(folder.toFile().list()).containsExactly("x.partial.tag");
    partial.rememberTag(Optional.empty());
    assertThat(partial.tag()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\0\0\0\0", "", "\"", "\"half", "W/\"weak\"", "\"a\"\r\nX: y", "\u00ff\u00fe"})
  void whatAPowerCutLeftInItsPlaceIsNone(String damaged) throws IOException {
    Files.write(folder.resolve("x.partial.tag"), damaged.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(partial.tag()).isEmpty();
  }

  @Test
  void norIsAFileWithoutEnd() throws IOException {
    Files.write(folder.resolve("x.partial.tag"), new byte[1 << 20]);
    assertThat(partial.tag()).isEmpty();
  }
}
