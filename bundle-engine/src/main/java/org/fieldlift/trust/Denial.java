package org.fieldlift.trust;

import java.util.Optional;
import java.util.regex.Pattern;
import org.fieldlift.io.Digest;

/// Whom an entry of a rule's `deny.identities` means. Each means somebody or is refused: one that
/// was passed over would leave genuine what its author thinks denied.
sealed interface Denial {
  /// The holder of the key with this fingerprint.
  record Fingerprint(Digest digest) implements Denial {}

  /// The holder of a key of the trust folder.
  ///
  /// @param file such as "keys/lab-2026.pub"
  record KeyInFile(String file) implements Denial {}

  /// Whoever has this identity, whoever vouches for it.
  ///
  /// @param text the identity itself, whose dots and plus signs need no care
  /// @param pattern the same as an anchored regular expression, as the identities of signers are
  record Identity(String text, Pattern pattern) implements Denial {
    boolean covers(String identity) {
      return text.equals(identity) || pattern.matcher(identity).matches();
    }
  }

  /// @throws IllegalArgumentException when it can mean nobody; a
  ///   [java.util.regex.PatternSyntaxException] when it is meant to be a pattern and is none
  static Denial of(String entry) {
    Optional<Digest> fingerprint = Digest.typed(entry);
    if (fingerprint.isPresent()) return new Fingerprint(fingerprint.get());
    if (PolicyFile.isKeyFile(entry)) return new KeyInFile(entry);
    if (isIdentity(entry)) return new Identity(entry, Pattern.compile(entry));
    throw new IllegalArgumentException("means nobody");
  }

  /// Certificates name e-mail addresses and URLs, and so must a pattern for them.
  private static boolean isIdentity(String entry) {
    return !entry.startsWith(PolicyFile.KEYS)
        && entry.chars().noneMatch(Character::isWhitespace)
        && (entry.contains("@") || entry.replace("\\", "").contains("://"));
  }
}
