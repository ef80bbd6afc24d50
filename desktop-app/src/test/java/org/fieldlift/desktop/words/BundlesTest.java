package org.fieldlift.desktop.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundlesTest {
  private static final Pattern BLANK = Pattern.compile("\\{(\\d)");
  private static final Pattern KEY = Pattern.compile("text\\(\\s*\"([a-zA-Z.-]+[a-zA-Z])\"");

  private static Properties bundle(String language) {
    String name = "/org/fieldlift/desktop/words" + language + ".properties";
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(BundlesTest.class.getResourceAsStream(name)),
            StandardCharsets.UTF_8)) {
      Properties bundle = new Properties();
      bundle.load(reader);
      return bundle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TreeSet<String> blanks(String sentence) {
    return BLANK
        .matcher(sentence)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"_fr", "_es"})
  void everyLanguageHasEverySentenceWithTheSameBlanks(String language) {
    Properties english = bundle("");
    Properties other = bundle(language);
    assertThat(other.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(blanks(other.getProperty(key)))
          .as(key)
          .isEqualTo(blanks(english.getProperty(key)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_fr", "_es"})
  void noSentenceHasAnApostropheThatMessageFormatWouldSwallow(String language) {
    assertThat(bundle(language).values()).noneMatch(sentence -> sentence.toString().contains("'"));
  }

  @Test
  void everySentenceTheSourcesNameIsThere() throws IOException {
    Properties english = bundle("");
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        KEY.matcher(Files.readString(file))
            .results()
            .forEach(key -> assertThat(english).as(file.toString()).containsKey(key.group(1)));
      }
    }
  }
}
