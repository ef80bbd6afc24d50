package org.fieldlift.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;

/// What the certificate authority learnt of the signer besides the name (Fulcio,
/// `docs/oid-info.md`).
final class FulcioClaims {
  private static final String ARC = "1.3.6.1.4.1.57264.1.";
  private static final String ISSUER = ARC + "8";
  private static final String OLD_ISSUER = ARC + "1";

  /// Name in a policy → object identifier. The ids outlive the renaming of an account or its
  /// registration by somebody else.
  private static final Map<String, String> IDENTIFIERS =
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.ofEntries(
                  Map.entry("build-signer-uri", ARC + "9"),
                  Map.entry("build-signer-digest", ARC + "10"),
                  Map.entry("runner-environment", ARC + "11"),
                  Map.entry("source-repository-uri", ARC + "12"),
                  Map.entry("source-repository-digest", ARC + "13"),
                  Map.entry("source-repository-ref", ARC + "14"),
                  Map.entry("source-repository-id", ARC + "15"),
                  Map.entry("source-repository-owner-uri", ARC + "16"),
                  Map.entry("source-repository-owner-id", ARC + "17"),
                  Map.entry("build-config-uri", ARC + "18"),
                  Map.entry("build-config-digest", ARC + "19"),
                  Map.entry("build-trigger", ARC + "20"))));

  private FulcioClaims() {}

  /// The names a policy may use.
  static Iterable<String> names() {
    return IDENTIFIERS.keySet();
  }

  static boolean isKnown(String name) {
    return IDENTIFIERS.containsKey(name);
  }

  /// The OpenID Connect issuer, from the present extension or the one it replaced.
  static String issuer(X509Certificate certificate) throws NotGenuine {
    Optional<String> issuer = text(certificate, ISSUER);
    if (issuer.isPresent()) return issuer.get();
    byte[] old = certificate.getExtensionValue(OLD_ISSUER);
    if (old != null) {
      return new String(ASN1OctetString.getInstance(old).getOctets(), StandardCharsets.UTF_8);
    }
    throw new NotGenuine("The signer's certificate does not say who knows the signer.");
  }

  /// All claims that the certificate makes, by their name in a policy.
  static Map<String, String> of(X509Certificate certificate) throws NotGenuine {
    Map<String, String> claims = new TreeMap<>();
    for (var claim : IDENTIFIERS.entrySet()) {
      text(certificate, claim.getValue()).ifPresent(value -> claims.put(claim.getKey(), value));
    }
    return claims;
  }

  private static Optional<String> text(X509Certificate certificate, String identifier)
      throws NotGenuine {
    byte[] extension = certificate.getExtensionValue(identifier);
    if (extension == null) return Optional.empty();
    try {
      byte[] der = ASN1OctetString.getInstance(extension).getOctets();
      if (ASN1Primitive.fromByteArray(der) instanceof ASN1String text) {
        return Optional.of(text.getString());
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new NotGenuine("The signer's certificate cannot be read.", e);
    }
    throw new NotGenuine("The signer's certificate cannot be read.");
  }
}
