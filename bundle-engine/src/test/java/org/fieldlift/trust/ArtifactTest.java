package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactTest {
  private static final byte[] CONTENT = "the release".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void aFileIsReadOnceForAllThatAskForItsDigest() throws Exception {
    Path file = Files.write(folder.resolve("file"), CONTENT);
    Artifact artifact = new Artifact.OnDisk(file);
    assertThat(artifact.digest(Hash.SHA_256)).hasValue(Hash.SHA_256.of(CONTENT));
    Files.delete(file);
    assertThat(artifact.digest(Hash.SHA_256)).hasValue(Hash.SHA_256.of(CONTENT));
  }

  /// A key whose signatures may be over either of two digests does not cost a second reading.
  @Test
  void theDigestThatIsKnownIsTriedFirst() throws Exception {
    KeyPair key = PrivateSigstore.ec("secp384r1");
    for (Hash hash : List.of(Hash.SHA_256, Hash.SHA_384)) {
      String scheme = hash == Hash.SHA_256 ? "SHA256withECDSA" : "SHA384withECDSA";
      byte[] signature = PrivateSigstore.sign(scheme, key, CONTENT);
      Path file = Files.write(folder.resolve("file"), CONTENT);
      Artifact artifact = new Artifact.OnDisk(file);
      artifact.digest(hash);
      Files.delete(file);
      assertThat(Signatures.holds(key.getPublic(), artifact, signature)).as(scheme).isTrue();
    }
  }

  @Test
  void aFileThatCannotBeReadIsATroubleOfTheDisk() {
    Artifact gone = new Artifact.OnDisk(folder.resolve("gone"));
    assertThatThrownBy(() -> gone.digest(Hash.SHA_256))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.FAILED))
        .hasMessageContaining("gone");
    assertThatThrownBy(gone::whole).isInstanceOf(Problem.class).hasMessageContaining("gone");
  }
}
