package org.fieldlift.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// Days as people write them, such as 2027-12-31.
final class Days {
  private Days() {}

  /// The last second of the day, UTC; null for no day.
  static @Nullable Instant lastSecond(@Nullable String text) throws Problem {
    if (text == null) return null;
    try {
      return LocalDate.parse(text)
          .plusDays(1)
          .atStartOfDay(ZoneOffset.UTC)
          .toInstant()
          .minusSeconds(1);
    } catch (DateTimeException e) {
      throw Problem.usage(
          "\"" + PlainText.of(text) + "\" is not a day.", "Write it like 2027-12-31.");
    }
  }
}
