package org.fieldlift.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceListTest {
  @TempDir Path folder;

  @Test
  void sourcesAreKeptInTheirOrder() throws IOException {
    SourceList list = SourceList.open(folder.resolve("sources.json"));
    assertThat(list.list()).isEmpty();
    list.add("Lab share", folder.toString());
    list.add("web", "https://releases.example/planktoscope");
    assertThat(SourceList.open(folder.resolve("sources.json")).list())
        .extracting(Source::name, Source::location)
        .containsExactly(
            tuple("Lab share", folder.toString()),
            tuple("web", "https://releases.example/planktoscope/"));
    assertThat(list.remove("Lab share")).isTrue();
    assertThat(list.remove("Lab share")).isFalse();
    assertThat(list.find("web")).isPresent();
    assertThat(list.find("Lab share")).isEmpty();
  }

  @Test
  void aNameIsGivenOnce() throws IOException {
    SourceList list = SourceList.open(folder.resolve("sources.json"));
    list.add("web", folder.toString());
    assertThatThrownBy(() -> list.add("Web", folder.toString())).hasMessageContaining("already");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a, https://h/a/",
    "https://h/a/index.json, https://h/a/",
    "HTTPS://h, https://h/",
    "http://h:8080/a/../b, http://h:8080/b/",
  })
  void aWebAddressMeansAFolder(String given, String meant) throws IOException {
    Source source = SourceList.open(folder.resolve("s.json")).add("web", given);
    assertThat(source.location()).isEqualToIgnoringCase(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ftp://h/",
        "file:///etc",
        "https://",
        "https://h/?q",
        "https://h/#f",
        "https://u:p@h/",
        "https://h /"
      })
  void anythingElseIsNoPlace(String location) {
    assertThatThrownBy(() -> SourceList.open(folder.resolve("s.json")).add("web", location))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.USAGE));
  }

  @Test
  void aDamagedListIsSaidToBe() throws IOException {
    Path file = folder.resolve("sources.json");
    Files.writeString(file, "{");
    assertThatThrownBy(() -> SourceList.open(file).list())
        .isInstanceOf(Problem.class)
        .hasMessageContaining("sources.json");
  }
}
