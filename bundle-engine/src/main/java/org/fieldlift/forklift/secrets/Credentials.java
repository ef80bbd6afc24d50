package org.fieldlift.forklift.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// User names and passwords in addresses, and tokens in their queries.
public final class Credentials {
  /// `//user:password@` up to the last `@` before the path, as [GoUrl] splits it, and whatever git
  /// accepts beyond that; `ssh://git@` tells no secret.
  private static final Pattern IN_ADDRESS =
      Pattern.compile("(?i)(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://(?!git@)(?<secret>[^/\\s?#\"]*@)");

  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://[^\\s\"]*+");

  /// How services call what lets somebody in: GitLab's `private_token`, what S3, Google and Azure
  /// sign addresses with, and the usual words.
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?i)(?<=[?&;#])(?<name>[a-z0-9._-]{0,60}(?:token|signature|secret|password|passwd)"
              + "|(?:[a-z0-9]{1,20}[._-]){0,4}(?:sig|key|pwd|auth|jwt|credential)"
              + "|(?:api|access|auth|private)key|x-(?:amz|goog)-[a-z0-9-]{1,60}"
              + "|(?:aws|google)access(?:key)?id)=(?<secret>[^&;#\\s\"']++)");

  private static final int WINDOW = 1 << 16;
  private static final int LONGEST_ADDRESS = 1 << 13;

  private Credentials() {}

  /// A secret in a text.
  ///
  /// @param address where its address begins
  record Span(int address, int from, int to) {}

  static boolean areIn(String text) {
    return IN_ADDRESS.matcher(text).find();
  }

  /// The text without user names and passwords.
  public static String removed(String text) {
    return without(text, in(text));
  }

  /// User names and passwords with the `@` behind them.
  static List<Span> in(String text) {
    return IN_ADDRESS
        .matcher(text)
        .results()
        .map(found -> new Span(found.start(), found.start("secret"), found.end("secret")))
        .toList();
  }

  static boolean tokensAreIn(String text) {
    return !tokensIn(text).isEmpty();
  }

  /// The values of what may be tokens.
  static List<Span> tokensIn(String text) {
    List<Span> spans = new ArrayList<>();
    forEachToken(
        text,
        (address, token) ->
            spans.add(new Span(address, token.start("secret"), token.end("secret"))));
    return spans;
  }

  /// What tokens are called, without their values.
  static Set<String> tokenNames(String text) {
    Set<String> names = new TreeSet<>();
    forEachToken(text, (_, token) -> names.add(token.group("name")));
    return names;
  }

  /// @param spans in any order; they may overlap
  static String without(String text, List<Span> spans) {
    StringBuilder left = new StringBuilder();
    int at = 0;
    for (Span span : spans.stream().sorted(Comparator.comparingInt(Span::from)).toList()) {
      if (span.from > at) left.append(text, at, span.from);
      at = Math.max(at, span.to);
    }
    return left.append(text, at, text.length()).toString();
  }

  /// What a stream has of both.
  record Noted(boolean credentials, boolean tokens) {}

  /// Copies a stream of any length without both. An address that is longer than any may keep some.
  static Noted copy(InputStream in, OutputStream out) throws IOException {
    boolean credentials = false;
    boolean tokens = false;
    String window = "";
    for (boolean isEnd = false; !isEnd; ) {
      byte[] more = in.readNBytes(WINDOW - window.length());
      isEnd = more.length < WINDOW - window.length();
      window += new String(more, ISO_8859_1);
      List<Span> users = in(window);
      List<Span> values = tokensIn(window);
      int end = isEnd ? window.length() : end(window.length() - LONGEST_ADDRESS, users, values);
      List<Span> whole = whole(end, users, values);
      credentials |= users.stream().anyMatch(whole::contains);
      tokens |= values.stream().anyMatch(whole::contains);
      out.write(without(window.substring(0, end), whole).getBytes(ISO_8859_1));
      window = window.substring(end);
    }
    return new Noted(credentials, tokens);
  }

  /// Where to cut, so that no secret is cut from its address.
  private static int end(int wanted, List<Span> users, List<Span> values) {
    int end = wanted;
    for (List<Span> spans : List.of(users, values)) {
      for (Span span : spans) {
        if (span.address < end && span.to > end) end = span.address > 0 ? span.address : span.to;
      }
    }
    return end;
  }

  private static List<Span> whole(int end, List<Span> users, List<Span> values) {
    List<Span> whole = new ArrayList<>(users);
    whole.addAll(values);
    whole.removeIf(span -> span.to > end);
    return whole;
  }

  private interface Found {
    void add(int address, Matcher token);
  }

  private static void forEachToken(String text, Found found) {
    Matcher address = ADDRESS.matcher(text);
    while (address.find()) {
      Matcher token = TOKEN.matcher(text).region(address.start(), address.end());
      token.useTransparentBounds(true);
      while (token.find()) found.add(address.start(), token);
    }
  }
}
