package org.fieldlift.desktop.words;

import java.math.RoundingMode;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.io.ByteSize;

/// Everything people read, in one language: sentences from the resource bundle, sizes, rates, times
/// and dates as that language writes them.
public final class Words {
  private static final String BUNDLE = "org.fieldlift.desktop.words";
  private static final Pattern INSTANT =
      Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
  private static final long SECONDS_WORTH_TELLING = 60;

  private final Locale locale;
  private final Clock clock;
  private final ResourceBundle bundle;
  private final DateTimeFormatter day;

  /// @param locale English is taken for every language there is no bundle for
  /// @param clock for "12 days ago", and for the zone dates are shown in
  public Words(Locale locale, Clock clock) {
    this.locale = locale;
    this.clock = clock;
    this.bundle =
        ResourceBundle.getBundle(
            BUNDLE, locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    this.day = DateTimeFormatter.ofPattern(bundle.getString("date.pattern"), locale);
  }

  public Locale locale() {
    return locale;
  }

  /// The sentence of this key, with its blanks filled.
  public String text(String key, Object... blanks) {
    return new MessageFormat(bundle.getString(key), locale).format(blanks);
  }

  /// The words as the beginning of a sentence.
  public String capital(String words) {
    if (words.isEmpty()) return words;
    int first = words.offsetByCodePoints(0, 1);
    return words.substring(0, first).toUpperCase(locale) + words.substring(first);
  }

  /// "A, B and C".
  public String list(List<String> items) {
    return switch (items.size()) {
      case 0 -> "";
      case 1 -> items.getFirst();
      default ->
          text(
              "list.and",
              String.join(text("list.comma"), items.subList(0, items.size() - 1)),
              items.getLast());
    };
  }

  /// "11.8 GB".
  public String size(long bytes) {
    return ByteSize.text(bytes, locale);
  }

  /// "11.8", "0.08": for columns and blocks whose heading says GB.
  public String gigabytes(long bytes) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    boolean isSmall = bytes < 95_000_000;
    format.setMinimumFractionDigits(isSmall ? 2 : 1);
    format.setMaximumFractionDigits(isSmall ? 2 : 1);
    if (isSmall) format.setRoundingMode(RoundingMode.UP);
    return format.format(bytes / 1e9);
  }

  /// "16 GB", "64 MB", as printed on a drive's box: whole numbers.
  public String boxSize(long bytes) {
    return bytes < 995_000_000
        ? text("size.box.small", Math.round(bytes / 1e6))
        : text("size.box", Math.round(bytes / 1e9));
  }

  /// "72 MB/s".
  public String rate(double bytesPerSecond) {
    return text("rate", Math.round(bytesPerSecond / 1e6));
  }

  /// "12 May 2026".
  public String date(Instant time) {
    return day.format(time.atZone(clock.getZone()));
  }

  /// A sentence of the engine with its times as people write them: "valid until 12 May 2026".
  public String dated(String sentence) {
    return INSTANT
        .matcher(sentence)
        .replaceAll(time -> Matcher.quoteReplacement(dateOf(time.group())));
  }

  private String dateOf(String time) {
    try {
      return date(Instant.parse(time));
    } catch (DateTimeParseException notATime) {
      return time;
    }
  }

  /// "today", "yesterday", "12 days ago".
  public String ago(Instant time) {
    LocalDate then = LocalDate.ofInstant(time, clock.getZone());
    return text("ago", Math.max(0, ChronoUnit.DAYS.between(then, LocalDate.now(clock))));
  }

  /// "about 9 minutes left", "less than a minute left"; empty while nobody can know.
  public String left(Optional<Duration> left) {
    return left.map(time -> text("left", about(time))).orElse("");
  }

  /// "about 9 minutes", "less than a minute", "about 3 hours".
  public String about(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < SECONDS_WORTH_TELLING) return text("about.seconds");
    if (seconds < Duration.ofMinutes(90).toSeconds()) {
      return text("about.minutes", Math.round(seconds / 60.0));
    }
    return text("about.hours", Math.round(seconds / 3600.0));
  }
}
