package org.fieldlift.fat32;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// A time as FAT writes it: two 16-bit fields, two-second steps, no time zone.
///
/// UTC is written as it is, so that the same drive comes out everywhere. FAT counts years from 1980
/// to 2107; times outside become the first or the last one there is.
record DosTime(short date, short time) {
  private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0, 0);
  private static final LocalDateTime LAST = LocalDateTime.of(2107, 12, 31, 23, 59, 58);

  static DosTime of(Instant instant) {
    LocalDateTime when = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    if (when.isBefore(FIRST)) when = FIRST;
    if (when.isAfter(LAST)) when = LAST;
    return new DosTime(
        (short)
            (((when.getYear() - 1980) << 9) | (when.getMonthValue() << 5) | when.getDayOfMonth()),
        (short) ((when.getHour() << 11) | (when.getMinute() << 5) | (when.getSecond() / 2)));
  }
}
