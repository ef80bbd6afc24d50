package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StationKeyTest {
  private static final byte[] MESSAGE = "written here".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void theKeyIsMadeOnceAndStays() throws Exception {
    Path fresh = folder.resolve("a/b");
    StationKey made = StationKey.openOrCreate(fresh);
    StationKey again = StationKey.openOrCreate(fresh);
    assertThat(again.fingerprint()).isEqualTo(made.fingerprint());
    assertThat(made.fingerprint()).isEqualTo(Digest.of(made.publicKey()));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(fresh.resolve("station.key"))))
        .isEqualTo("rw-------");
    assertThat(PublicKeys.fromPem(Files.readAllBytes(fresh.resolve("station.pub"))).getEncoded())
        .isEqualTo(made.publicKey());
  }

  @Test
  void allThatStartAtOnceGetTheSameKey() throws Exception {
    int many = 8;
    CyclicBarrier start = new CyclicBarrier(many);
    List<Callable<Digest>> starts = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      starts.add(() -> {
        start.await();
        return StationKey.openOrCreate(folder).fingerprint();
      });
    }
    Set<Digest> keys = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
      for (Future<Digest> key : threads.invokeAll(starts)) keys.add(key.get());
    }
    assertThat(keys).hasSize(1);
    try (var names = Files.list(folder)) {
      assertThat(names.map(name -> name.getFileName().toString()))
          .containsExactlyInAnyOrder("station.key", "station.pub");
    }
  }

  @Test
  void aDamagedKeyIsNotReplaced() throws Exception {
    Files.writeString(folder.resolve("station.key"), "half a k");
    assertThatThrownBy(() -> StationKey.openOrCreate(folder)).isInstanceOf(Problem.class);
    assertThat(folder.resolve("station.key")).hasContent("half a k");
  }

  @Test
  void aKeyOfAnotherKindIsNotTheStations() throws Exception {
    Files.writeString(
        folder.resolve("station.key"),
        new Pem("PRIVATE KEY", PrivateSigstore.ec("secp256r1").getPrivate().getEncoded()).text());
    assertThatThrownBy(() -> StationKey.openOrCreate(folder))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("Ed25519");
  }

  @Test
  void aSignatureHoldsForThisKeyAndMessageOnly() throws Exception {
    StationKey key = StationKey.openOrCreate(folder);
    byte[] other = StationKey.openOrCreate(folder.resolve("other")).publicKey();
    byte[] signature = key.sign(MESSAGE);
    assertThat(signature).hasSize(64);
    assertThat(StationKey.verify(key.publicKey(), MESSAGE, signature)).isTrue();
    assertThat(StationKey.verify(other, MESSAGE, signature)).isFalse();
    assertThat(StationKey.verify(key.publicKey(), new byte[0], signature)).isFalse();
    assertThat(StationKey.verify(key.publicKey(), MESSAGE, new byte[3])).isFalse();
    assertThat(StationKey.verify(new byte[] {1}, MESSAGE, signature)).isFalse();
    byte[] p256 = PrivateSigstore.ec("secp256r1").getPublic().getEncoded();
    assertThat(StationKey.verify(p256, MESSAGE, signature)).isFalse();
  }
}
