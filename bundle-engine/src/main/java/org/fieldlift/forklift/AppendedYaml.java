package org.fieldlift.forklift;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Bytes behind a manifest, found again by a line of comment before them. Where the manifest's last
/// line had no end, the comment says so, and the line end that was put there is taken away again.
final class AppendedYaml {
  private static final String MARK = "# Added by Fieldlift; Forklift passes over what follows.\n";
  private static final String MARK_AND_LINE_END =
      "# Added by Fieldlift with the line end before; Forklift passes over what follows.\n";

  private AppendedYaml() {}

  static byte[] append(byte[] manifest, byte[] section) {
    boolean ended = manifest.length == 0 || manifest[manifest.length - 1] == '\n';
    byte[] mark = (ended ? MARK : "\n" + MARK_AND_LINE_END).getBytes(UTF_8);
    byte[] all = Arrays.copyOf(manifest, manifest.length + mark.length + section.length);
    System.arraycopy(mark, 0, all, manifest.length, mark.length);
    System.arraycopy(section, 0, all, manifest.length + mark.length, section.length);
    return all;
  }

  static boolean isAppended(byte[] manifest) {
    return end(manifest) >= 0;
  }

  static byte[] original(byte[] manifest) {
    int end = end(manifest);
    return end < 0 ? manifest.clone() : Arrays.copyOf(manifest, end);
  }

  /// Where the original ends: before the first of the marks that begins a line; -1 without any.
  private static int end(byte[] manifest) {
    String bytes = new String(manifest, ISO_8859_1);
    if (bytes.startsWith(MARK)) return 0;
    int ended = bytes.indexOf("\n" + MARK);
    int unended = bytes.indexOf("\n" + MARK_AND_LINE_END);
    if (ended < 0) return unended;
    return unended < 0 || ended < unended ? ended + 1 : unended;
  }
}
