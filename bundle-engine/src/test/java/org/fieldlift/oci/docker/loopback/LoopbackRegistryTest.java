package org.fieldlift.oci.docker.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.docker.SampleLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackRegistryTest {
  private static final int SIZE = 700_000;

  @TempDir Path folder;
  private final LoopbackCertificate certificate = LoopbackCertificate.of(List.of("localhost"));
  private final List<Problem> trouble = new CopyOnWriteArrayList<>();
  private final AtomicLong served = new AtomicLong();
  private SampleLayout sample;
  private Image pinned;
  private Image tagged;
  private LoopbackRegistry registry;
  private String name;

  @BeforeEach
  void start() throws IOException {
    sample = SampleLayout.at(folder);
    InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
    // References name the registry's port, so it has to be known first.
    try (var probe = new ServerSocket(0)) {
      name = "localhost:" + probe.getLocalPort();
      any = new InetSocketAddress("127.0.0.1", probe.getLocalPort());
    }
    pinned = sample.pinned(name + "/lab/app:1", SIZE);
    tagged = sample.tagged(name + "/lab/tag:2");
    registry =
        LoopbackRegistry.secure(
            any,
            certificate,
            new RegistryShelf(List.of(pinned, tagged)),
            sample.layout(),
            new BlobReply(sample.layout(), served::addAndGet),
            trouble::add);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void itIsARegistryOfTheSecondKind() throws Exception {
    assertThat(get("/v2/").statusCode()).isEqualTo(200);
  }

  @Test
  void aPinnedImageIsThereByItsDigestsInItsOwnBytes() throws Exception {
    for (var wanted : List.of(pinned.target(), pinned.manifest())) {
      String path = "/v2/lab/app/manifests/" + wanted.digest();
      HttpResponse<byte[]> reply = get(path);
      assertThat(reply.body()).isEqualTo(Files.readAllBytes(sample.blob(wanted)));
      assertThat(reply.headers().firstValue("Content-Type")).contains(wanted.mediaType());
      HttpResponse<byte[]> head = send(HttpRequest.newBuilder(uri(path)).HEAD());
      assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(wanted.size());
      assertThat(head.headers().firstValue("Docker-Content-Digest"))
          .contains(wanted.digest().toString());
    }
  }

  @Test
  void aTagIsThereOnlyForAnImageThatHasNothingElse() throws Exception {
    assertThat(get("/v2/lab/tag/manifests/2").statusCode()).isEqualTo(200);
    assertThat(get("/v2/lab/app/manifests/1").statusCode()).isEqualTo(404);
  }

  @Test
  void aLayerIsGivenWholeAndFromAnyPlace() throws Exception {
    byte[] bytes = Files.readAllBytes(sample.blob(pinned.layers().getLast()));
    assertThat(get(layer()).body()).isEqualTo(bytes);
    assertThat(served).hasValue(SIZE);
    HttpResponse<byte[]> rest =
        send(HttpRequest.newBuilder(uri(layer())).header("Range", "bytes=600000-"));
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(bytes, 600_000, SIZE));
    HttpResponse<byte[]> some =
        send(HttpRequest.newBuilder(uri(layer())).header("Range", "bytes=1-3"));
    assertThat(some.body()).isEqualTo(Arrays.copyOfRange(bytes, 1, 4));
    HttpResponse<byte[]> none =
        send(HttpRequest.newBuilder(uri(layer())).header("Range", "bytes=700000-"));
    assertThat(none.statusCode()).isEqualTo(416);
  }

  @Test
  void aDamagedLayerIsNeverCompleted() throws Exception {
    sample.damage(pinned.layers().getLast());
    assertThatThrownBy(() -> get(layer())).isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> send(HttpRequest.newBuilder(uri(layer())).header("Range", "bytes=1-3")))
        .isInstanceOf(IOException.class);
    assertThat(trouble)
        .isNotEmpty()
        .allSatisfy(ours -> assertThat(ours).hasMessageContaining("damaged"));
  }

  @Test
  void whatIsNotOnItsShelfIsNotThere() throws Exception {
    String elsewhere = "/v2/lab/tag/blobs/" + pinned.layers().getLast().digest();
    for (String path :
        List.of(
            elsewhere,
            "/v2/lab/app/blobs/sha256:" + "0".repeat(64),
            "/v2/lab/app/blobs/../../index.json",
            "/v2/_catalog",
            "/v2/lab/app/tags/list",
            "/etc/passwd")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void itTakesNothing() throws Exception {
    var put = HttpRequest.newBuilder(uri("/v2/lab/app/manifests/9"));
    assertThat(send(put.PUT(HttpRequest.BodyPublishers.ofString("x"))).statusCode()).isEqualTo(405);
  }

  @Test
  void itsCertificateMaySignNoOthersAndIsForItsNamesAlone() throws Exception {
    X509Certificate shown = certificate();
    assertThat(shown.getBasicConstraints()).isNegative();
    assertThat(shown.getSubjectAlternativeNames()).hasSize(1);
    URI other = URI.create("https://127.0.0.1:" + registry.port() + "/v2/");
    assertThatThrownBy(() -> send(HttpRequest.newBuilder(other)))
        .isInstanceOf(SSLHandshakeException.class);
  }

  private String layer() {
    return "/v2/lab/app/blobs/" + pinned.layers().getLast().digest();
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  private URI uri(String path) {
    return URI.create("https://" + name + path);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private SSLContext trusting() throws Exception {
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    roots.setCertificateEntry("registry", certificate());
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private X509Certificate certificate() throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate.pem()));
  }
}
