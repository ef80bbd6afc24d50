package org.fieldlift.acceptance;

import java.util.Locale;

/// One line of the benchmark: what Fieldlift took, and what something people know took for the same
/// in the same run.
///
/// @param unit of both figures, `s` or `MB`
/// @param most the ratio that shall not be exceeded
record Ratio(String work, String against, double ours, double theirs, String unit, double most) {

  double value() {
    return ours / theirs;
  }

  boolean holds() {
    return value() <= most;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-46s %8.3f %-2s  %-46s %8.3f %-2s %6.2f x  (at most %.2f) %s",
        work,
        ours,
        unit,
        against,
        theirs,
        unit,
        value(),
        most,
        holds() ? "" : "TOO MUCH");
  }
}
