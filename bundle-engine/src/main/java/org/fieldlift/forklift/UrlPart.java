package org.fieldlift.forklift;

/// How Go's `net/url` escapes one part of an address. Texts here are bytes, one to a `char`.
enum UrlPart {
  HOST("!$&'()*+,;=:[]<>\""),
  ZONE("!$&'()*+,;=:[]<>\""),
  USER(""),
  PATH("$&+,/:;=@"),
  FRAGMENT("$&+,/:;=?@!()*");

  private static final String UNRESERVED = "-_.~";

  /// What may stay as it was written, though it would be escaped had it not been written so.
  private static final String TOLERATED = "!$&'()*+,;=:@[]%";

  private final String kept;

  UrlPart(String kept) {
    this.kept = kept;
  }

  /// The part as Go writes it again: as it came where that is allowed, else escaped anew.
  ///
  /// @throws IllegalArgumentException when Go refuses it
  String rewritten(String raw) {
    String plain = unescaped(raw);
    boolean asItCame = raw.chars().allMatch(c -> TOLERATED.indexOf(c) >= 0 || keeps(c));
    return asItCame ? raw : escaped(plain);
  }

  String escaped(String plain) {
    StringBuilder escaped = new StringBuilder();
    plain
        .chars()
        .forEach(c -> {
          if (keeps(c)) escaped.append((char) c);
          else escaped.append("%%%02X".formatted(c));
        });
    return escaped.toString();
  }

  /// @throws IllegalArgumentException when Go refuses it
  String unescaped(String raw) {
    StringBuilder plain = new StringBuilder();
    for (int at = 0; at < raw.length(); at++) {
      char c = raw.charAt(at);
      if (c == '%') {
        plain.append(escape(raw, at));
        at += 2;
      } else {
        boolean inHost = this == HOST || this == ZONE;
        if (inHost && c < 0x80 && !keeps(c)) throw new IllegalArgumentException("host");
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /// In a host only other bytes than ASCII are escaped, and the percent sign (RFC 6874).
  private char escape(String raw, int at) {
    if (at + 2 >= raw.length()) throw new IllegalArgumentException("escape");
    int high = Character.digit(raw.charAt(at + 1), 16);
    int low = Character.digit(raw.charAt(at + 2), 16);
    if (high < 0 || low < 0) throw new IllegalArgumentException("escape");
    char meant = (char) (high << 4 | low);
    boolean allowed =
        switch (this) {
          case HOST -> high >= 8 || meant == '%';
          case ZONE -> meant == '%' || meant == ' ' || HOST.keeps(meant);
          case USER, PATH, FRAGMENT -> true;
        };
    if (!allowed) throw new IllegalArgumentException("escape");
    return meant;
  }

  private boolean keeps(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0
        || kept.indexOf(c) >= 0;
  }
}
