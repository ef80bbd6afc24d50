package org.fieldlift.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A rule that binds products to the people and machines that may sign them.
///
/// @param name the rule's name, from its file's name; shown in verdicts
/// @param product a product, or a pattern whose `*` stands for any text
/// @param signers any one of them suffices
/// @param accept formats of signatures; `bundle` unless said otherwise
/// @param minimumSequence releases older than this are refused; 0 for no floor
/// @param deny identities and content digests that are refused whatever else holds
public record Policy(
    String name,
    String product,
    List<AllowedSigner> signers,
    List<String> accept,
    long minimumSequence,
    Deny deny) {

  /// Who may sign.
  public sealed interface AllowedSigner {}

  /// @param issuer exact URL of the OpenID Connect issuer
  /// @param identity an anchored regular expression for the certificate's subject
  /// @param claims further claims of the certificate that must be equal, by their Fulcio name
  public record Keyless(String issuer, String identity, Map<String, String> claims)
      implements AllowedSigner {}

  /// @param file the public key's PEM file, relative to the trust folder ("keys/lab-2026.pub")
  public record Key(String file) implements AllowedSigner {}

  /// @param identities fingerprints of keys, key files, e-mail addresses, URLs and anchored regular
  ///   expressions for those
  /// @param digests of releases (`release.json`)
  public record Deny(List<String> identities, List<String> digests) {}

  /// The key files it names, to trust or to deny their holders.
  List<String> keyFiles() {
    List<String> files = new ArrayList<>();
    for (AllowedSigner signer : signers) {
      if (signer instanceof Key key) files.add(key.file());
    }
    deny.identities().stream().filter(PolicyFile::isKeyFile).forEach(files::add);
    return files;
  }
}
