package org.fieldlift.trust;

import dev.sigstore.fulcio.client.FulcioVerificationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;

/// The certificate that names the signer, valid for some minutes around the signing (Fulcio,
/// `docs/certificate-specification.md`).
record Leaf(X509Certificate certificate) {
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

  /// Takes the leaf out of a bundle. Only the leaf is used: its issuers come from the trusted root.
  static Leaf of(List<byte[]> certificates) throws NotGenuine {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> chain = new ArrayList<>();
      for (byte[] der : certificates) {
        chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      }
      if (chain.isEmpty()) throw new NotGenuine("Its signature file holds no certificate.");
      for (X509Certificate certificate : chain) {
        // A signer who hands over a root wants it believed; roots are only ever pinned.
        if (certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
          throw new NotGenuine("Its signature file brings its own root certificate.");
        }
      }
      return new Leaf(chain.getFirst());
    } catch (CertificateException | RuntimeException e) {
      throw new NotGenuine("The signer's certificate cannot be read.", e);
    }
  }

  /// Checks the chain to a pinned authority that was valid then, the certificate's entry in a
  /// certificate transparency log, and that the certificate is for signing code.
  void check(RootOfTrust root) throws NotGenuine {
    try {
      var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
      root.certificates().verifySigningCertificate(path);
      List<String> usages = certificate.getExtendedKeyUsage();
      // Stops a certificate that the authority gave out for another purpose (RFC 5280, 4.2.1.12).
      if (usages == null || !usages.contains(CODE_SIGNING)) {
        throw new NotGenuine("The signer's certificate is not for signing.");
      }
    } catch (FulcioVerificationException | CertificateException | IOException e) {
      throw new NotGenuine("No authority that is trusted here gave the signer's certificate.", e);
    }
  }

  boolean isValidAt(Instant time) {
    return !time.isBefore(certificate.getNotBefore().toInstant())
        && !time.isAfter(certificate.getNotAfter().toInstant());
  }

  byte[] der() throws NotGenuine {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw new NotGenuine("The signer's certificate cannot be read.", e);
    }
  }

  Signer.Keyless signer() throws NotGenuine {
    return new Signer.Keyless(FulcioClaims.issuer(certificate), identity());
  }

  /// The one name the authority vouched for. Two names are refused: a policy could be met by the
  /// one that the signer did not prove.
  private String identity() throws NotGenuine {
    try {
      var names = certificate.getSubjectAlternativeNames();
      if (names != null && names.size() == 1) {
        List<?> name = names.iterator().next();
        boolean mailOrUri =
            name.getFirst().equals(GeneralName.rfc822Name)
                || name.getFirst().equals(GeneralName.uniformResourceIdentifier);
        if (mailOrUri && name.getLast() instanceof String text) return text;
      }
      throw new NotGenuine("The signer's certificate does not name exactly one signer.");
    } catch (CertificateException e) {
      throw new NotGenuine("The signer's certificate cannot be read.", e);
    }
  }
}
