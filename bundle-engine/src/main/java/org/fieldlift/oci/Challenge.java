package org.fieldlift.oci;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One way a server offers to say who asks: `Bearer realm="…",service="…",scope="…"`.
///
/// @param scheme in lower case
/// @param parameters by their names in lower case
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, 11.6.1</a>
record Challenge(String scheme, Map<String, String> parameters) {
  private static final int LONGEST = 4096;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}+";
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\G[\\s,]*+("
              + TOKEN
              + ")\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.){0,2000}+)\"|("
              + TOKEN
              + "))");
  private static final Pattern SCHEME = Pattern.compile("\\G[\\s,]*+(" + TOKEN + ")(?=[\\s,]|$)");

  /// The challenges of all headers; what is malformed ends its header.
  static List<Challenge> all(List<String> headers) {
    List<Challenge> all = new ArrayList<>();
    for (String header : headers) {
      if (header.length() <= LONGEST) parse(header, all);
    }
    return all;
  }

  private static void parse(String header, List<Challenge> all) {
    Matcher scheme = SCHEME.matcher(header);
    Matcher parameter = PARAMETER.matcher(header);
    int at = 0;
    while (scheme.find(at)) {
      Map<String, String> parameters = new LinkedHashMap<>();
      at = scheme.end();
      while (at < header.length() && parameter.find(at)) {
        String quoted = parameter.group(2);
        String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
        parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
        at = parameter.end();
      }
      all.add(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), Map.copyOf(parameters)));
      if (at >= header.length()) return;
    }
  }
}
