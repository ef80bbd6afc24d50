package org.fieldlift.desktop.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fieldlift.desktop.FakeReleases;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.engine.ReleaseDesk.Where;
import org.fieldlift.trust.Verdict;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Instant NOW = Instant.parse("2026-05-26T10:00:00Z");
  private final Words english = words(Locale.UK);

  private static Words words(Locale locale) {
    return new Words(locale, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void sizesAndDatesFollowTheLanguage() {
    assertThat(english.size(11_800_000_000L)).isEqualTo("11.8 GB");
    assertThat(words(Locale.FRANCE).size(11_800_000_000L)).isEqualTo("11,8 GB");
    assertThat(english.date(NOW)).isEqualTo("26 May 2026");
    assertThat(words(Locale.FRANCE).date(NOW)).isEqualTo("26 mai 2026");
    assertThat(english.boxSize(15_980_000_000L)).isEqualTo("16 GB");
    assertThat(english.gigabytes(38_400_000_000L)).isEqualTo("38.4");
  }

  @Test
  void timesInSentencesOfTheEngineAreDates() {
    assertThat(words(Locale.FRANCE).dated("os 7 is valid until 2026-06-08T23:59:59Z, 12 days."))
        .isEqualTo("os 7 is valid until 8 juin 2026, 12 days.");
    assertThat(english.dated("No time 2026-99-99T29:59:59Z here: 99T1Z."))
        .isEqualTo("No time 2026-99-99T29:59:59Z here: 99T1Z.");
  }

  @Test
  void timeLeftIsSaidAsPeopleSayIt() {
    assertThat(english.about(Duration.ofSeconds(20))).isEqualTo("less than a minute");
    assertThat(english.about(Duration.ofSeconds(70))).isEqualTo("about 1 minute");
    assertThat(english.about(Duration.ofMinutes(9))).isEqualTo("about 9 minutes");
    assertThat(english.about(Duration.ofHours(3))).isEqualTo("about 3 hours");
    assertThat(english.left(Optional.empty())).isEmpty();
  }

  @Test
  void listsAreJoinedByAnd() {
    assertThat(english.list(List.of("A"))).isEqualTo("A");
    assertThat(english.list(List.of("A", "B", "C"))).isEqualTo("A, B and C");
    assertThat(words(Locale.of("es")).list(List.of("A", "B"))).isEqualTo("A y B");
  }

  @Test
  void aLanguageWithoutABundleIsEnglish() {
    assertThat(words(Locale.JAPANESE).text("page.prepare")).isEqualTo("Prepare");
  }

  @Test
  void verdictsSayWhoSignedAndWhichRuleDecided() {
    Verdict genuine = FakeReleases.genuine(FakeReleases.MICROSCOPE, "2026-05-12");
    assertThat(Verdicts.reason(genuine, english))
        .isEqualTo(
            "Signed on 12 May 2026 by the release workflow of git.example.org/lab/microscope,"
                + " allowed by rule “microscope”.");
    assertThat(Verdicts.chip(Optional.of(new Verdict.Unsigned()), english))
        .isEqualTo("Not genuine");
    assertThat(Verdicts.chip(Optional.empty(), english)).isEqualTo("Not checked");
  }

  @Test
  void aGenuineReleaseThatExpiredIsCalledExpired() {
    FakeReleases lab = new FakeReleases();
    Optional<Verdict> genuine = Optional.of(FakeReleases.genuine(FakeReleases.ATLAS, "2026-05-12"));
    Row row = lab.add(FakeReleases.ATLAS, "7", "any", 1, "2026-05-12", genuine, Where.HERE);
    assertThat(Verdicts.chip(row, english)).isEqualTo("Genuine");
    Row expired = FakeReleases.expired(row, FakeReleases.day("2026-06-30"));
    assertThat(Verdicts.chip(expired, english)).isEqualTo("Expired");
    assertThat(Verdicts.mood(expired)).isEqualTo(Mood.ATTENTION);
  }

  @Test
  void directionMarksInForeignNamesAreShownNotObeyed() {
    assertThat(ProductName.of("git.example.org/lab/species-atlas")).isEqualTo("Species Atlas");
    assertThat(ProductName.of("x/evil\u202Egnp")).isEqualTo("Evil<U+202E>gnp");
    assertThat(Verdicts.reason(new Verdict.Broken("bad \u202E name"), english))
        .contains("<U+202E>");
  }
}
