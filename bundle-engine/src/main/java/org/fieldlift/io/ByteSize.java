package org.fieldlift.io;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes as people say them: GB is 10⁹ bytes, as printed on a drive's box; GiB is 2³⁰.
public final class ByteSize {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([kKmMgGtT]?)([iI]?)[bB]?");

  private ByteSize() {}

  /// Reads `4GB`, `64 MB`, `1.5TB`, `2047MiB`, `4294967296`.
  ///
  /// @throws Problem of kind USAGE when it is no size
  public static long parse(String text) throws Problem {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw Problem.usage(
          "\"" + PlainText.of(text) + "\" is not a size.", "Write it like 64MB, 4GB or 1.5TB.");
    }
    BigDecimal unit = BigDecimal.valueOf(matcher.group(3).isEmpty() ? 1000 : 1024);
    int power = "kmgt".indexOf(matcher.group(2).toLowerCase(Locale.ROOT)) + 1;
    if (matcher.group(2).isEmpty()) power = 0;
    return new BigDecimal(matcher.group(1)).multiply(unit.pow(power)).longValue();
  }

  /// `11.8 GB`, `640 MB`, `12 kB`, `7 bytes`: three figures at most, in the locale's digits.
  public static String text(long bytes, Locale locale) {
    if (bytes < 1000) return bytes + (bytes == 1 ? " byte" : " bytes");
    String[] units = {"kB", "MB", "GB", "TB"};
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    String form = value < 99.95 && unit > 0 ? "%.1f %s" : "%.0f %s";
    return String.format(locale, form, value, units[unit]);
  }

  /// [#text] with a decimal point.
  public static String text(long bytes) {
    return text(bytes, Locale.ROOT);
  }
}
