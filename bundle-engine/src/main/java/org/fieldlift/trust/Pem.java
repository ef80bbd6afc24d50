package org.fieldlift.trust;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Textual encoding of keys and certificates (RFC 7468): one block, read strictly.
///
/// @param type what stands after BEGIN
/// @param der the decoded content
record Pem(String type, byte[] der) {
  /// Possessive throughout: a block of spaces must not be tried in every way it can be cut.
  private static final Pattern BLOCK =
      Pattern.compile(
          "\\s*+-----BEGIN ([A-Z0-9 ]{1,40})-----\\s([A-Za-z0-9+/=\\s]++)-----END \\1-----\\s*+");

  private static final int COLUMNS = 64;

  /// Reads a text that is exactly one block; nothing when it is not. Two blocks are no block: a
  /// second key after the first must not be overlooked.
  static Optional<Pem> read(byte[] text) {
    Matcher matcher = BLOCK.matcher(new String(text, StandardCharsets.US_ASCII));
    if (!matcher.matches()) return Optional.empty();
    try {
      byte[] der = Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", ""));
      return Optional.of(new Pem(matcher.group(1), der));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The block in lines of 64 characters, as cosign writes it.
  String text() {
    String body =
        Base64.getMimeEncoder(COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
