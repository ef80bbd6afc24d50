package org.fieldlift.forklift;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.SafePath;

/// The address of a download, read and written again as Go's `net/url` does it, because Forklift
/// names its cached files after what comes out.
///
/// @param prefix everything before the credentials, as it was written (`https://`)
/// @param rest everything behind them, as it was written
/// @param name what Go writes for the rest
public record GoUrl(String prefix, String rest, String name) {
  private static final Pattern SCHEME = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9._:~!$&'()*+,;=%@-]*");
  private static final Pattern PORT = Pattern.compile("(:[0-9]*)?");

  /// @throws Problem for what neither Forklift nor anybody else could download
  public static GoUrl parse(String url) throws Problem {
    if (!SafePath.isUnicode(url) || url.length() > SafePath.LONGEST) throw impossible(url);
    if (!SCHEME.matcher(url).matches()) throw impossible(url);
    try {
      return parts(new String(url.getBytes(UTF_8), ISO_8859_1));
    } catch (IllegalArgumentException refusedByGo) {
      throw impossible(url);
    }
  }

  /// The address as it was written, but for user name and password.
  public String withoutCredentials() {
    return prefix + rest;
  }

  /// An address for people's eyes: whatever may be a user name or a password in it is left out,
  /// even where it is none, or the address makes no sense.
  public static String shown(String url) {
    int from = url.indexOf("//");
    int to = url.lastIndexOf('@');
    return PlainText.of(
        from >= 0 && to > from ? url.substring(0, from + 2) + url.substring(to + 1) : url);
  }

  private static GoUrl parts(String bytes) {
    int hash = bytes.indexOf('#');
    String before = hash < 0 ? bytes : bytes.substring(0, hash);
    String fragment = hash < 0 ? "" : bytes.substring(hash + 1);
    if (CONTROL.matcher(before).find()) throw new IllegalArgumentException("control character");
    int question = before.indexOf('?');
    String query = question < 0 ? "" : before.substring(question);
    String hierarchy = question < 0 ? before : before.substring(0, question);
    int authority = hierarchy.indexOf("//") + 2;
    int slash = hierarchy.indexOf('/', authority);
    int end = slash < 0 ? hierarchy.length() : slash;
    int at = hierarchy.lastIndexOf('@', end - 1);
    int host = at < authority ? authority : at + 1;
    if (at >= authority) requireUser(hierarchy.substring(authority, at));
    String name =
        host(hierarchy.substring(host, end))
            + UrlPart.PATH.rewritten(hierarchy.substring(end))
            + query
            + (fragment.isEmpty() ? "" : "#" + UrlPart.FRAGMENT.rewritten(fragment));
    return new GoUrl(utf8(bytes.substring(0, authority)), utf8(bytes.substring(host)), utf8(name));
  }

  /// A host with its port as Go writes it; also of a container registry.
  ///
  /// @throws IllegalArgumentException when Go refuses it
  static String host(String raw) {
    if (raw.isEmpty()) throw new IllegalArgumentException("no host");
    int bracket = raw.lastIndexOf(']');
    int colon = raw.lastIndexOf(':');
    if (raw.startsWith("[") && bracket < 0) throw new IllegalArgumentException("bracket");
    String port =
        raw.startsWith("[") ? raw.substring(bracket + 1) : colon < 0 ? "" : raw.substring(colon);
    if (!PORT.matcher(port).matches()) throw new IllegalArgumentException("port");
    int zone = raw.startsWith("[") ? raw.substring(0, bracket).indexOf("%25") : -1;
    if (zone < 0) return UrlPart.HOST.escaped(UrlPart.HOST.unescaped(raw));
    return UrlPart.HOST.escaped(
        UrlPart.HOST.unescaped(raw.substring(0, zone))
            + UrlPart.ZONE.unescaped(raw.substring(zone, bracket))
            + UrlPart.HOST.unescaped(raw.substring(bracket)));
  }

  private static void requireUser(String user) {
    if (!USER.matcher(user).matches()) throw new IllegalArgumentException("user");
    UrlPart.USER.unescaped(user);
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  private static Problem impossible(String url) {
    return Problem.failed(
        "The bundle downloads from " + shown(url) + ", which is no address of a file.",
        "Forklift cannot download it either; correct the package and stage the pallet again.");
  }
}
