package org.fieldlift.oci.docker.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate for a few registries' names, good for one run.
///
/// The private key never leaves this program's memory, and the certificate may sign no others: when
/// the program ends, nobody can use what it left in `certs.d`, even if that could not be removed.
final class LoopbackCertificate {
  /// The clock of a device in the field may be anywhere, and may jump while images load.
  private static final Date FIRST = Date.from(Instant.EPOCH);

  private static final Date LAST = Date.from(Instant.parse("2049-12-31T23:59:59Z"));
  private static final int SERIAL_BITS = 127;
  private static final int LINE = 64;

  private final PrivateKey key;
  private final X509Certificate certificate;

  private LoopbackCertificate(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /// @param hosts names without ports
  static LoopbackCertificate of(Collection<String> hosts) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      X500Principal name = new X500Principal("CN=Fieldlift while it loads images");
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(SERIAL_BITS, new SecureRandom()),
                  FIRST,
                  LAST,
                  name,
                  pair.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
              .addExtension(Extension.subjectAlternativeName, false, names(hosts));
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
      return new LoopbackCertificate(pair.getPrivate(), certificate);
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException("every Java can sign with P-256", e);
    }
  }

  /// The certificate as `certs.d` wants it.
  byte[] pem() {
    try {
      byte[] newline = {'\n'};
      String text = Base64.getMimeEncoder(LINE, newline).encodeToString(certificate.getEncoded());
      return ("-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n")
          .getBytes(US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate we made has an encoding", e);
    }
  }

  /// What a server shows that has this certificate.
  SSLContext server() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("registry", key, new char[0], new Certificate[] {certificate});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  private static GeneralNames names(Collection<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(host -> new GeneralName(GeneralName.dNSName, host))
            .toArray(GeneralName[]::new));
  }
}
