package org.fieldlift.fat32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Long names, short names, labels and times.
class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a.",
        "a ",
        "a:b",
        "a*",
        "what?",
        "a\\b",
        "a|b",
        "\"a\"",
        "<a>",
        "a\tb",
        "a\u007Fb",
        "CON",
        "con.txt",
        "Lpt1.tar.gz",
        "nul .txt",
        "a\uD83D\uDE00",
        "a\uD83D",
        "a\uFFFF"
      })
  void namesThatSomeSystemCouldNotOpenAreRefused(String name) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> LongName.check(name, "folder/" + name))
        .withMessageStartingWith("A FAT32 drive cannot hold \"folder/")
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", ".bashrc", " a", "a..b", "CONSOLE", "console.txt", "é", "漢字", "a+b,c;d=[e]"})
  void namesThatEverySystemCanOpenAreAccepted(String name) {
    assertThatCode(() -> LongName.check(name, name)).doesNotThrowAnyException();
  }

  @Test
  void aNameHas255UnitsAtMost() {
    assertThatCode(() -> LongName.check("x".repeat(255), "x")).doesNotThrowAnyException();
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> LongName.check("x".repeat(256), "x"))
        .withMessageContaining("255");
  }

  @ParameterizedTest
  @CsvSource({
    "README.TXT, README.TXT",
    "import.sh, IMPORT.SH",
    "a.tar.gz, ATAR~1.GZ",
    "longer name.html, LONGER~1.HTM",
    "übung.txt, _BUNG~1.TXT",
    ".bashrc, BASHRC~1",
    "+, _~1",
    ". .a, _~1.A",
    "abc.d e, ABC~1.DE"
  })
  void shortNamesAreWhatWindowsWouldMake(String name, String shortName) {
    assertThat(new ShortNames(List.of(name)).next(name)).isEqualTo(shortName);
  }

  @Test
  void aShortNameNeverTakesAnotherFilesName() {
    List<String> names = List.of("readme long.txt", "README~1.TXT", "readme~2.txt");
    ShortNames shortNames = new ShortNames(names);

    assertThat(names.stream().map(shortNames::next))
        .containsExactly("README~3.TXT", "README~1.TXT", "README~2.TXT");
  }

  @Property(tries = 50)
  void shortNamesAreUniqueAndLegal(@ForAll List<@StringLength(min = 1, max = 30) String> given) {
    List<String> names = given.stream().distinct().toList();
    ShortNames shortNames = new ShortNames(names);
    HashSet<String> seen = new HashSet<>();
    for (String name : names) {
      if (LongName.isShort(LongName.fold(name))) continue;
      String shortName = shortNames.next(name);
      assertThat(LongName.isShort(shortName)).as(shortName).isTrue();
      assertThat(seen.add(shortName)).as(shortName).isTrue();
    }
  }

  @Test
  void thousandsOfAlikeNamesGetShortNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) names.add("the same beginning " + i);
    ShortNames shortNames = new ShortNames(names);

    assertThat(names.stream().map(shortNames::next).distinct())
        .hasSize(20_000)
        .contains("TH~20000");
  }

  @Test
  void theChecksumIsTheOneWindowsComputes() {
    assertThat(ShortNames.checksum(ShortNames.padded("THEQUI~1.FOX"))).isEqualTo((byte) 0x07);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lower", "TWELVE CHARS", " X", "X ", "A.B", "A/B", "É", "A\nB"})
  void labelsThatFatCannotHoldAreRefused(String label) {
    assertThatExceptionOfType(Problem.class).isThrownBy(() -> Label.of(label));
  }

  @Test
  void aLabelIsPaddedAndNoneHasItsOwnWords() throws Problem {
    assertThat(Label.of("FL-7K3QX2").padded()).asString().isEqualTo("FL-7K3QX2  ");
    assertThat(Label.of("").padded()).asString().isEqualTo("NO NAME    ");
    assertThat(Label.read("NO NAME    ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:34:57Z, 23649, 25692",
    "1970-01-01T00:00:00Z, 33, 0",
    "2200-01-01T00:00:00Z, 65439, 49021"
  })
  void timesAreUtcInTwoSecondStepsAndStayInRange(Instant time, int date, int clock) {
    DosTime dos = DosTime.of(time);

    assertThat(Short.toUnsignedInt(dos.date())).isEqualTo(date);
    assertThat(Short.toUnsignedInt(dos.time())).isEqualTo(clock);
  }
}
