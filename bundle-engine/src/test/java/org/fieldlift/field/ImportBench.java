package org.fieldlift.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.docker.loading.Way;
import org.fieldlift.release.Release;
import org.fieldlift.trust.Policy;
import org.fieldlift.trust.SigningKey;
import org.fieldlift.trust.TrustStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A lab that signs releases and a device that takes them in: what tests of an import stand on.
abstract class ImportBench {
  static final Instant NOW = Instant.parse("2026-05-12T08:30:00Z");
  static final long SEQUENCE = 20260401000000L;
  private static final DeviceImages NO_DOCKER =
      new DeviceImages(
          () -> {
            throw new AssertionError("nobody may ask for Docker");
          },
          Way.NONE,
          false);

  @TempDir static Path shared;
  static SigningKey lab;
  static TrustStore trust;
  static Path tree;
  static PackedRelease packed;

  @TempDir Path temporary;
  Path stages;
  Path memory;
  Instant now = NOW;
  Room room = folder -> Long.MAX_VALUE;
  DeviceImages images = NO_DOCKER;
  Progress progress = new Progress("import");
  final Cancellation cancellation = new Cancellation();

  @BeforeAll
  static void makeKeyAndTree() throws IOException {
    lab = SigningKey.generate(shared.resolve("lab"), "secret".toCharArray());
    Path folder = shared.resolve("trust");
    Files.createDirectories(folder.resolve("keys"));
    Files.writeString(folder.resolve("keys/lab.pub"), lab.publicPem());
    trust = TrustStore.open(folder);
    trust.add(
        new Policy(
            "lab",
            "git.example.org/lab/*",
            List.of(new Policy.Key("keys/lab.pub")),
            List.of("bundle"),
            0,
            new Policy.Deny(List.of(), List.of())));
    tree = Trees.bundle(shared.resolve("tree"));
    packed = pack(description(SEQUENCE));
  }

  @BeforeEach
  void places() {
    stages = temporary.resolve("stages");
    memory = temporary.resolve("memory");
  }

  Refused assertRefused(PackedRelease release, Refusal refusal, String words) throws IOException {
    Map<String, String> before = store().bundles().isEmpty() ? Map.of() : Trees.look(stages);
    ImportResult result = run(release, true);
    assertThat(result).isInstanceOf(Refused.class);
    Refused refused = (Refused) result;
    assertThat(refused.refusal()).as(refused.why()).isEqualTo(refusal);
    assertThat(refused.why()).contains(words).endsWith(".");
    assertThat(refused.next()).endsWith(".");
    if (before.isEmpty()) assertThat(store().bundles()).isEmpty();
    else assertThat(Trees.look(stages)).isEqualTo(before);
    assertThat(names()).noneMatch(name -> name.startsWith(".import-"));
    return refused;
  }

  ImportResult run(PackedRelease release, boolean setNext) throws IOException {
    return run(release, setNext, CachesKept.KEEP);
  }

  ImportResult run(PackedRelease release, boolean setNext, CachesKept caches) throws IOException {
    return imports(store()).run(release, setNext, caches, progress, cancellation);
  }

  Foreseen foresee(PackedRelease release) throws IOException {
    return imports(StageStore.open(stages))
        .foresee(release, false, CachesKept.KEEP, progress, cancellation);
  }

  private BundleImport imports(StageStore store) throws IOException {
    return new BundleImport(
        trust,
        store,
        DeviceState.open(memory),
        "linux/arm64",
        images,
        Clock.fixed(now, ZoneOffset.UTC),
        room);
  }

  static PackedRelease genuine() {
    return packed.copy();
  }

  static PackedRelease pack(Release description) throws IOException {
    return PackedRelease.of(tree, description, lab);
  }

  static Release description(long sequence) {
    return PackedRelease.description(sequence, "linux/arm64", null);
  }

  StageStore store() throws IOException {
    return StageStore.open(stages);
  }

  List<String> names() throws IOException {
    if (!Files.exists(stages)) return List.of();
    try (var names = Files.list(stages)) {
      return names.map(path -> path.getFileName().toString()).toList();
    }
  }
}
