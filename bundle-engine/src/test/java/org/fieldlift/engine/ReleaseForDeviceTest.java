package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.Entry;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.trust.Policy;
import org.fieldlift.trust.SigningKey;
import org.fieldlift.trust.TrustStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseForDeviceTest {
  private static final String SCOPE = "example.org/lab/scope";
  private static final String BUOY = "example.org/lab/buoy";
  private static final String ARM = "linux/arm64";

  @TempDir static Path folder;
  private static SigningKey lab;
  private static SigningKey stranger;
  private static TrustStore trust;

  @BeforeAll
  static void aLabAndAStranger() throws IOException {
    lab = SigningKey.generate(folder.resolve("lab"), "secret".toCharArray());
    stranger = SigningKey.generate(folder.resolve("stranger"), "secret".toCharArray());
    Files.createDirectories(folder.resolve("trust/keys"));
    Files.writeString(folder.resolve("trust/keys/lab.pub"), lab.publicPem());
    trust = TrustStore.open(folder.resolve("trust"));
    trust.add(
        new Policy(
            "lab",
            "*",
            List.of(new Policy.Key("keys/lab.pub")),
            List.of("bundle"),
            0,
            new Policy.Deny(List.of(), List.of())));
  }

  @Test
  void theNewestForThePlatformIsTakenAndTheOthersAreClosed() throws IOException {
    Held old = release(SCOPE, ARM, 1, lab);
    Held right = release(SCOPE, ARM, 2, lab);
    Held other = release(SCOPE, "linux/amd64", 3, lab);
    assertThat(taken(old, right, other)).isSameAs(right);
    assertThat(right.isClosed).isFalse();
    assertThat(old.isClosed).isTrue();
    assertThat(other.isClosed).isTrue();
  }

  @Test
  void aReleaseForAnyPlatformSuitsToo() throws IOException {
    Held any = release(SCOPE, "any", 1, lab);
    assertThat(taken(any, release(SCOPE, "linux/amd64", 2, lab))).isSameAs(any);
  }

  @Test
  void aForeignReleaseDoesNotHideTheGenuineOne() throws IOException {
    Held genuine = release(SCOPE, ARM, 1, lab);
    assertThat(taken(genuine, release(BUOY, ARM, 9, stranger))).isSameAs(genuine);
  }

  @Test
  void whatIsOnlyForeignIsTakenSoThatTheImportSaysWhatIsWrong() throws IOException {
    Held newest = release(SCOPE, ARM, 2, stranger);
    assertThat(taken(release(SCOPE, ARM, 1, stranger), newest)).isSameAs(newest);
  }

  @Test
  void ofTwoProductsOneHasToBeNamed() throws IOException {
    Held scope = release(SCOPE, ARM, 1, lab);
    Held buoy = release(BUOY, ARM, 2, lab);
    assertThatThrownBy(() -> taken(scope, buoy))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("example.org/lab/buoy@v2 (linux/arm64), example.org/lab/scope@v1");
    assertThat(scope.isClosed && buoy.isClosed).isTrue();
    assertThat(named("scope", release(SCOPE, ARM, 1, lab), release(BUOY, ARM, 2, lab)).release)
        .returns(SCOPE, Release::product);
  }

  @Test
  void anIdNamesOne() throws IOException {
    Held old = release(SCOPE, ARM, 1, lab);
    String id = old.signed().id().hex().substring(0, 12);
    assertThat(named(id, old, release(SCOPE, ARM, 2, lab))).isSameAs(old);
  }

  @Test
  void whatIsNotThereIsSaidWithWhatIs() {
    assertThatThrownBy(() -> named("sonar", release(SCOPE, ARM, 1, lab)))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.next()).contains("scope@v1"));
  }

  @Test
  void nothingForThePlatformIsSaidWithWhatThereIs() {
    assertThatThrownBy(() ->
            taken(release(SCOPE, "linux/amd64", 1, lab), release(SCOPE, "linux/amd64", 2, lab)))
        .hasMessageContaining("Nothing there is for linux/arm64: example.org/lab/scope@v1");
  }

  private static Held taken(Held... releases) throws IOException {
    return (Held) new ReleaseForDevice(trust, ARM, Optional.empty()).among(List.of(releases));
  }

  private static Held named(String words, Held... releases) throws IOException {
    return (Held) new ReleaseForDevice(trust, ARM, Optional.of(words)).among(List.of(releases));
  }

  private static Held release(String product, String platform, long sequence, SigningKey key)
      throws IOException {
    Release release =
        new Release(
            Release.Kind.FORKLIFT_BUNDLE,
            product,
            "v" + sequence,
            true,
            sequence,
            platform,
            Instant.parse("2026-05-12T08:30:00Z"),
            null,
            List.of(new Entry("a", Entry.Type.FILE, 0644, 1, Digest.of(new byte[1]), null)),
            List.of(),
            List.of(),
            null);
    byte[] json = release.toJson();
    return new Held(release, SignedRelease.of(json, key.signBundle(json)));
  }

  /// A release that knows whether it was closed.
  private static final class Held implements OpenRelease {
    private final Release release;
    private final SignedRelease signed;
    private boolean isClosed;

    private Held(Release release, SignedRelease signed) {
      this.release = release;
      this.signed = signed;
    }

    @Override
    public String where() {
      return "a test";
    }

    @Override
    public SignedRelease signed() {
      return signed;
    }

    @Override
    public long archiveSize() {
      return 0;
    }

    @Override
    public void walk(PartVisitor visitor) {
      throw new AssertionError("nothing is read");
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }
}
