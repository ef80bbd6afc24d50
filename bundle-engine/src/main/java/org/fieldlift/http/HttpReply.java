package org.fieldlift.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server answered to a GET, after redirects.
///
/// @param uri where the answer really came from
/// @param body guarded against stalls; closed by [#close]
record HttpReply(URI uri, int status, HttpHeaders headers, InputStream body)
    implements AutoCloseable {
  static final int OK = 200;
  static final int PARTIAL = 206;
  static final int UNAUTHORIZED = 401;
  static final int NOT_FOUND = 404;
  static final int RANGE_NOT_SATISFIABLE = 416;

  private static final int LONGEST_WORDS = 64 << 10;

  private static final Pattern STRONG_TAG = Pattern.compile("\"[!#-~]{1,200}\"");

  private static final Pattern RANGE =
      Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18}|\\*)");

  /// Reads the few words that come with a refusal, so that the connection can be used again.
  void drain() throws IOException {
    body.readNBytes(LONGEST_WORDS);
  }

  /// The whole file's length, as far as the headers tell.
  OptionalLong wholeLength() {
    return status == OK ? number(headers.firstValue("Content-Length").orElse("")) : range(2);
  }

  /// The place of the body's first byte in the whole file.
  OptionalLong start() {
    return status == OK ? OptionalLong.of(0) : range(1);
  }

  /// The strong validator of the file's present content (RFC 9110 8.8.1); a weak one could stay the
  /// same while bytes change.
  Optional<String> strongTag() {
    return headers.firstValue("ETag").filter(HttpReply::isStrongTag);
  }

  static boolean isStrongTag(String tag) {
    return STRONG_TAG.matcher(tag).matches();
  }

  /// What a captive portal, or a server that has a page for everything, sends in place of a file.
  boolean isWebPage() {
    return headers
        .firstValue("Content-Type")
        .filter(type -> type.strip().toLowerCase(Locale.ROOT).startsWith("text/html"))
        .isPresent();
  }

  private OptionalLong range(int group) {
    Matcher range = RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
    if (!range.matches()) return OptionalLong.empty();
    String number = range.group(group);
    return number == null ? OptionalLong.empty() : number(number);
  }

  private static OptionalLong number(String text) {
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
