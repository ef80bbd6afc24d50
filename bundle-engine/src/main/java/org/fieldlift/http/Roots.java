package org.fieldlift.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The authorities whose certificates https believes: those in the file that `SSL_CERT_FILE` names,
/// as for OpenSSL, curl and Go; else those of the system, where a lab's own authority is added with
/// `update-ca-certificates` or `trust anchor`; else Java's.
///
/// They guard the way only. Whether a release is genuine is told by its signature.
///
/// @param environment of this program
record Roots(Map<String, String> environment) {
  private static final String VARIABLE = "SSL_CERT_FILE";

  /// Debian, Fedora, openSUSE, Alpine.
  private static final List<Path> OF_THE_SYSTEM =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private static final int LARGEST_FILE = 16 << 20;

  /// @return nothing when Java's own are to be used
  Optional<SSLContext> trusted() throws Problem {
    String named = environment.getOrDefault(VARIABLE, "").strip();
    if (!named.isEmpty()) return Optional.of(trusting(Path.of(named)));
    if (System.getProperty("javax.net.ssl.trustStore") != null) return Optional.empty();
    Optional<Path> system = OF_THE_SYSTEM.stream().filter(Files::isReadable).findFirst();
    return system.isEmpty() ? Optional.empty() : Optional.of(trusting(system.get()));
  }

  private static SSLContext trusting(Path file) throws Problem {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
      roots.load(null, null);
      byte[] pem = Limits.readAtMost(in, LARGEST_FILE, file.toString());
      for (Certificate root :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        roots.setCertificateEntry("root-" + roots.size(), root);
      }
      if (roots.size() == 0) throw unusable(file, "it holds no certificate");
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(roots);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (Problem problem) {
      throw problem;
    } catch (IOException e) {
      throw unusable(file, "it cannot be read");
    } catch (GeneralSecurityException e) {
      throw unusable(file, "it is damaged or not PEM");
    }
  }

  private static Problem unusable(Path file, String why) {
    return Problem.usage(
        "The certificates in %s cannot be used: %s.".formatted(PlainText.of(file.toString()), why),
        "Let " + VARIABLE + " name a PEM file with the authorities you trust.");
  }
}
