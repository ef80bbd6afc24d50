package org.fieldlift.forklift.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The head of a git bundle file, version 2 (`gitformat-bundle(5)`): the refs, then an empty line,
/// then the pack. Ours are complete, so one that needs commits it does not bring is refused.
///
/// @param refs name → object; branches, tags and perhaps `HEAD`
public record BundleHeader(Map<String, String> refs) {
  /// As much as some hundred thousand tags take.
  private static final int LARGEST = 16 << 20;

  private static final String SIGNATURE = "# v2 git bundle\n";
  private static final Pattern REF =
      Pattern.compile("([0-9a-f]{40}) (HEAD|refs/(?:heads|tags)/[^\\x00-\\x20\\x7f~^:?*\\[\\\\]+)");

  public BundleHeader {
    refs = Map.copyOf(refs);
  }

  /// Reads up to the first byte of the pack.
  public static BundleHeader read(InputStream in, String what) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n' && last == '\n') return parse(head.toString(UTF_8), what);
      if (head.size() >= LARGEST) throw Limits.tooLarge(what, head.size(), LARGEST);
      head.write(next);
      last = next;
    }
    throw wrong(what, "it ends too early");
  }

  byte[] bytes() {
    StringBuilder head = new StringBuilder(SIGNATURE);
    new TreeMap<>(refs).forEach((name, object) -> head.append(object + " " + name + "\n"));
    return head.append('\n').toString().getBytes(UTF_8);
  }

  private static BundleHeader parse(String head, String what) throws Problem {
    if (!head.startsWith(SIGNATURE)) throw wrong(what, "it is none of version 2");
    Map<String, String> refs = new TreeMap<>();
    for (String line : head.substring(SIGNATURE.length()).lines().toList()) {
      if (line.startsWith("-")) throw wrong(what, "it is not complete");
      Matcher ref = REF.matcher(line);
      if (!ref.matches()) throw wrong(what, "it lists " + PlainText.of(line));
      if (refs.put(ref.group(2), ref.group(1)) != null) throw wrong(what, "it lists a ref twice");
    }
    if (refs.isEmpty()) throw wrong(what, "it holds no branch and no tag");
    return new BundleHeader(refs);
  }

  private static Problem wrong(String what, String why) {
    return Problem.notGenuine(
        PlainText.of(what) + " is no usable git bundle: " + why + ".",
        "It is damaged or was not written by Fieldlift; get it again from its source.");
  }
}
