package org.fieldlift.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A lab's own certificate authority and what it certified, made with the JDK's keytool.
///
/// @param folder holds `lab.p12`, and `lab.pem` with the authority's certificate
record Identities(Path folder) {
  private static final String PASSWORD = "secret";

  /// With servers called `right`, `other-name`, `expired` and `not-yet` (certified by the lab), and
  /// `alone` (certified by itself).
  static Identities in(Path folder) {
    Identities lab = new Identities(folder);
    lab.make("lab", "-ext", "bc:c", "-validity", "3650");
    lab.keytool("-exportcert", "-rfc", "-alias", "lab", "-file", lab.authority());
    lab.make("right", "-signer", "lab", "-ext", "san=dns:localhost");
    lab.make("other-name", "-signer", "lab", "-ext", "san=dns:elsewhere.example");
    lab.makeLocal("expired", "-10d");
    lab.makeLocal("not-yet", "+10d");
    lab.make("alone", "-ext", "san=dns:localhost");
    return lab;
  }

  Path authority() {
    return folder.resolve("lab.pem");
  }

  /// What a server needs to be this one.
  SSLContext of(String name) throws IOException {
    try (InputStream in = Files.newInputStream(folder.resolve("lab.p12"))) {
      char[] password = PASSWORD.toCharArray();
      KeyStore all = KeyStore.getInstance("PKCS12");
      all.load(in, password);
      KeyStore one = KeyStore.getInstance("PKCS12");
      one.load(null, null);
      Certificate[] chain = all.getCertificateChain(name);
      one.setKeyEntry(name, all.getKey(name, password), password, chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(one, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void makeLocal(String name, String from) {
    String host = "san=dns:localhost";
    make(name, "-signer", "lab", "-ext", host, "-validity", "5", "-startdate", from);
  }

  private void make(String name, String... more) {
    List<Object> arguments = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC"));
    arguments.addAll(List.of("-alias", name, "-dname", "CN=" + name));
    arguments.addAll(List.of(more));
    keytool(arguments.toArray());
  }

  private void keytool(Object... arguments) {
    List<Object> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool"));
    command.addAll(List.of("-keystore", folder.resolve("lab.p12"), "-storepass", PASSWORD));
    command.addAll(List.of(arguments));
    Program.run(command.toArray()).well();
  }
}
