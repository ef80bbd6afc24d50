package org.fieldlift.forklift;

import java.math.BigInteger;
import java.util.Comparator;

/// The order in which Forklift's YAML writer puts the keys of a mapping: as people count, `a9`
/// before `a10`.
///
/// At the first difference: two letters by code point; a letter after anything else, unless digits
/// came just before; numbers by their value.
final class YamlKeys implements Comparator<String> {
  @Override
  public int compare(String left, String right) {
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    int at = 0;
    while (at < a.length && at < b.length && a[at] == b[at]) at++;
    if (at == a.length || at == b.length) return a.length - b.length;
    boolean letterA = Character.isLetter(a[at]);
    boolean letterB = Character.isLetter(b[at]);
    if (letterA && letterB) return a[at] - b[at];
    if (letterA || letterB) {
      boolean afterDigit = at > 0 && isDigit(a[at - 1]);
      return letterA == afterDigit ? -1 : 1;
    }
    return numbersFirst(a, b, at);
  }

  private static int numbersFirst(int[] a, int[] b, int at) {
    int from = at;
    while (from > 0 && isDigit(a[from - 1])) from--;
    String digitsA = digits(a, from);
    String digitsB = digits(b, from);
    int byValue = value(digitsA).compareTo(value(digitsB));
    if (byValue != 0) return byValue;
    int byLength = digitsA.length() - digitsB.length();
    return byLength != 0 ? byLength : a[at] - b[at];
  }

  private static String digits(int[] text, int from) {
    StringBuilder run = new StringBuilder();
    for (int at = from; at < text.length && isDigit(text[at]); at++) run.appendCodePoint(text[at]);
    return run.toString();
  }

  private static BigInteger value(String digits) {
    return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
  }

  private static boolean isDigit(int point) {
    return point >= '0' && point <= '9';
  }
}
