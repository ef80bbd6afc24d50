package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images copied from a real registry, then read by the programs others use.
class ImageCopyTest {
  /// A Docker manifest list, an OCI index, and one platform's manifest of the latter.
  private static final String VIEWER =
      "sha256:ed63711bacae5a2658d87ef05a04a76b1c560ce711702ceab43d17fe14174a29";

  private static final String CONTROL =
      "sha256:6b371a7fe9ce189f8ff145975f31d1f0ff0606961bba71eb1177d68f772722ee";
  private static final String CONTROL_ARM64 =
      "sha256:56c94d9aff9ad6588c3a8671dc29243c00bd60283081925930dabcfb67695382";

  @TempDir Path folder;
  private Path pushed;
  private Registry registry;
  private Fieldlift station;

  @BeforeEach
  void pushImages() throws IOException, InterruptedException {
    Program.needs("docker-registry", "skopeo", "tar");
    pushed = Files.createDirectory(folder.resolve("pushed"));
    Path images = Program.root().resolve("acceptance/src/test/resources/forklift/images.oci.tar");
    Program.run("tar", "-xf", images, "-C", pushed).well();
    registry = Registry.open(folder.resolve("registry"));
    registry.push(pushed, "lab/viewer", "1.0", VIEWER);
    registry.push(pushed, "lab/control", "2.3", CONTROL);
    station = Fieldlift.at(folder.resolve("station"));
  }

  @AfterEach
  void stop() throws IOException {
    if (registry != null) registry.close();
  }

  @Test
  void everyBlobIsWhatTheRegistryHas() throws IOException {
    cache("lab/viewer:1.0@" + VIEWER, "lab/control:2.3").well();
    Path blobs = station.home().resolve("images/blobs/sha256");
    try (var all = Files.list(blobs)) {
      assertThat(all.toList())
          .hasSize(9)
          .allSatisfy(blob ->
              assertThat(blob)
                  .hasSameBinaryContentAs(
                      pushed.resolve("blobs/sha256").resolve(blob.getFileName().toString())));
    }
    assertThat(blobs.resolve(VIEWER.substring(7))).exists();
    assertThat(cache("lab/viewer:1.0@" + VIEWER, "lab/control:2.3").well().out())
        .contains("viewer:1.0@" + VIEWER + ": here\n", "control:2.3: here\n");
  }

  @Test
  void skopeoReadsItAndPushesThePlatformsManifestUnchanged() {
    Path layout = folder.resolve("layout");
    cache("lab/control:2.3", "--layout", layout.toString()).well();
    String reference = registry.host() + "/lab/control:2.3";
    Program.run(
            "skopeo",
            "copy",
            "--override-arch",
            "arm64",
            "--preserve-digests",
            "--dest-tls-verify=false",
            "oci:" + layout + ":" + reference,
            "docker://" + registry.host() + "/from/skopeo:1")
        .well();
    assertThat(digest("from/skopeo:1")).isEqualTo(CONTROL_ARM64);
  }

  @Test
  void craneReadsItAndPushesThePlatformsManifestUnchanged() {
    Program.needs("crane");
    Path layout = folder.resolve("layout");
    cache("lab/control@" + CONTROL_ARM64, "--layout", layout.toString()).well();
    Program.run("crane", "push", "--insecure", layout, registry.host() + "/from/crane:1").well();
    assertThat(digest("from/crane:1")).isEqualTo(CONTROL_ARM64);
  }

  @Test
  void aLockedRegistryIsOpenedWithDockersLoginOnly() throws IOException, InterruptedException {
    try (Registry locked = Registry.locked(folder.resolve("locked"))) {
      locked.push(pushed, "lab/control", "2.3", CONTROL);
      String reference = locked.host() + "/lab/control:2.3";
      Path docker = Files.createDirectory(folder.resolve("docker"));
      Fieldlift person = station.through("env", "DOCKER_CONFIG=" + docker);
      person
          .run("image", "cache", "--platform", "linux/arm64", reference)
          .refused(1, "wants a login");
      Files.writeString(docker.resolve("config.json"), locked.login());
      person.run("image", "cache", "--platform", "linux/arm64", reference).well();
      assertThat(person.run("image", "list").well().out()).contains(reference);
    }
  }

  @Test
  void aCertificateOfNobodyIsTakenOnlyWhereAPersonSaysSo() throws IOException {
    Program.needs("openssl");
    String address = ownAddress();
    Path certificate = folder.resolve("alone.pem");
    Path key = folder.resolve("alone.key");
    certify(certificate, key, "IP:" + address);
    registry.close();
    try (Registry secure = Registry.secure(folder.resolve("registry"), address, certificate, key)) {
      String reference = secure.host() + "/lab/viewer:1.0@" + VIEWER;
      cache(reference).refused(1, "certificate of nobody this computer trusts");
      cache(reference, "--insecure-registry", "127.0.0.1:1")
          .refused(1, "certificate of nobody this computer trusts");
      station = station.through("env", "SSL_CERT_FILE=" + certificate);
      cache(reference, "--layout", folder.resolve("trusted").toString()).well();
    }
    certify(certificate, key, "DNS:elsewhere.example");
    try (Registry secure = Registry.secure(folder.resolve("registry"), address, certificate, key)) {
      String reference = secure.host() + "/lab/viewer:1.0@" + VIEWER;
      cache(reference).refused(1, "certificate");
      cache(reference, "--insecure-registry", secure.host()).well();
    }
  }

  /// Another than loopback, where Docker and Fieldlift ask for no certificate.
  private static String ownAddress() throws IOException {
    Optional<InetAddress> own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
            .findFirst();
    Assumptions.assumeTrue(own.isPresent(), "this computer has no address but loopback");
    return own.orElseThrow().getHostAddress();
  }

  /// By itself, for this computer under a name.
  private static void certify(Path certificate, Path key, String name) {
    String subject = "subjectAltName=" + name;
    Program.run(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=alone",
            "-addext",
            subject,
            "-out",
            certificate,
            "-keyout",
            key)
        .well();
  }

  private Program.Said cache(String... words) {
    Object[] all = new Object[words.length + 4];
    all[0] = "image";
    all[1] = "cache";
    all[2] = "--platform";
    all[3] = "linux/arm64";
    for (int i = 0; i < words.length; i++) {
      all[i + 4] = words[i].startsWith("lab/") ? registry.host() + "/" + words[i] : words[i];
    }
    return station.run(all);
  }

  private String digest(String reference) {
    return Program.run(
            "skopeo",
            "inspect",
            "--tls-verify=false",
            "--override-arch",
            "arm64",
            "--format",
            "{{.Digest}}",
            "docker://" + registry.host() + "/" + reference)
        .well()
        .out()
        .strip();
  }
}
