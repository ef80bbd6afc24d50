package org.fieldlift.field;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.fieldlift.field.ImportResult.AlreadyThere;
import org.fieldlift.field.ImportResult.Imported;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.Release;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.trust.Policy;
import org.fieldlift.trust.SigningKey;
import org.fieldlift.trust.TrustStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleImportTest {
  private static final Instant NOW = Instant.parse("2026-05-12T08:30:00Z");
  private static final long SEQUENCE = 20260401000000L;

  @TempDir static Path shared;
  private static SigningKey lab;
  private static TrustStore trust;
  private static Path tree;
  private static PackedRelease packed;

  @TempDir Path temporary;
  private Path stages;
  private Path memory;
  private Instant now = NOW;
  private Room room = folder -> Long.MAX_VALUE;
  private Progress progress = new Progress("import");
  private final Cancellation cancellation = new Cancellation();

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

  @Test
  void aReleaseArrivesExactlyAsItWasPacked() throws IOException {
    ImportResult result = run(genuine(), true);
    assertThat(result)
        .isInstanceOfSatisfying(
            Imported.class,
            imported -> {
              assertThat(imported.index()).isEqualTo(1);
              assertThat(imported.next()).isTrue();
              assertThat(imported.label()).isEqualTo(Trees.VERSION);
              assertThat(imported.bundle()).isEqualTo(stages.resolve("1"));
            });
    assertThat(Trees.look(stages.resolve("1"))).isEqualTo(Trees.look(tree));
    assertThat(store().next()).contains(1);
    assertThat(names())
        .containsExactlyInAnyOrder("1", "forklift-stage-store.yml", ".fieldlift-lock");
    assertThat(progress.fraction()).isEqualTo(1);
  }

  @Test
  void withoutBeingAskedNothingIsMadeNext() throws IOException {
    assertThat(run(genuine(), false))
        .isInstanceOfSatisfying(Imported.class, imported -> assertThat(imported.next()).isFalse());
    assertThat(store().next()).isEmpty();
  }

  @Test
  void theSameReleaseIsNotStoredTwice() throws IOException {
    run(genuine(), true);
    Map<String, String> before = Trees.look(stages);
    assertThat(run(genuine(), true))
        .isInstanceOfSatisfying(
            AlreadyThere.class, there -> assertThat(there.index()).isEqualTo(1));
    assertThat(Trees.look(stages)).isEqualTo(before);
  }

  @Test
  void aRunThatDiedAfterPublishingIsFinishedByTheNext() throws IOException {
    run(genuine(), false);
    Files.delete(memory.resolve("device.json"));
    assertThat(run(genuine(), true)).isInstanceOf(AlreadyThere.class);
    assertThat(store().next()).contains(1);
    assertThat(DeviceState.open(memory).accepted(Trees.PRODUCT)).isPresent();
    assertThat(store().bundles()).hasSize(1);
  }

  @Test
  void aRunThatDiedWhileUnpackingLeavesNothingForLong() throws IOException {
    Path left = store().newStagingDirectory();
    Trees.write(left, "forklift-bundle.yml", "half");
    Files.createDirectories(stages.resolve(".import-0.to-1"));
    Files.createDirectories(stages.resolve("1"));
    assertThat(run(genuine(), true))
        .isInstanceOfSatisfying(
            Imported.class, imported -> assertThat(imported.index()).isEqualTo(1));
    assertThat(names())
        .containsExactlyInAnyOrder("1", "forklift-stage-store.yml", ".fieldlift-lock");
  }

  @Test
  void aBundleThatWasChangedIsNotTakenForTheRelease() throws IOException {
    run(genuine(), true);
    Files.writeString(stages.resolve("1/exports/overlays/usr/bin/tool"), "#!/bin/su\n");
    assertThat(run(genuine(), true))
        .isInstanceOfSatisfying(
            Imported.class, imported -> assertThat(imported.index()).isEqualTo(2));
    assertThat(store().next()).contains(2);
  }

  @Test
  void whatAppsPutBesideTheSignedFilesDoesNotMakeASecondCopy() throws IOException {
    run(genuine(), true);
    Files.createDirectories(stages.resolve("1/packages/packages/net/hosts/created-by-docker"));
    assertThat(run(genuine(), true)).isInstanceOf(AlreadyThere.class);
  }

  @Test
  void anotherBundleUnderAnOldNumberIsNotTakenForTheRelease() throws IOException {
    run(genuine(), true);
    StageStore store = store();
    store.discard(stages.resolve("1"));
    Trees.bundle(Files.createDirectory(stages.resolve("1")), "forklift-version: v0.8.0\n");
    assertThat(run(genuine(), true))
        .isInstanceOfSatisfying(
            Imported.class, imported -> assertThat(imported.index()).isEqualTo(2));
  }

  @Test
  void anUnsignedReleaseIsRefused() throws IOException {
    assertRefused(
        PackedRelease.of(tree, description(SEQUENCE), null),
        Refusal.NOT_GENUINE,
        "Nobody signed it");
  }

  @Test
  void aReleaseOfSomebodyElseIsRefused() throws IOException {
    SigningKey stranger = SigningKey.generate(temporary.resolve("stranger"), "x".toCharArray());
    assertRefused(
        PackedRelease.of(tree, description(SEQUENCE), stranger),
        Refusal.NOT_GENUINE,
        "Not genuine");
  }

  @Test
  void aChangedReleaseJsonIsRefused() throws IOException {
    PackedRelease release = genuine();
    byte[] json =
        new String(release.signed.json(), UTF_8)
            .replace("linux/arm64", "linux/amd64")
            .getBytes(UTF_8);
    release.signed = SignedRelease.of(json, release.signed.signature());
    assertRefused(release, Refusal.NOT_GENUINE, "Not genuine");
  }

  @Test
  void aSingleFileIsNothingForForklift() throws IOException {
    Path image = temporary.resolve("file");
    Trees.write(image, "disk.img", "bytes");
    Release file = description(SEQUENCE);
    Release description =
        new Release(
            Release.Kind.FILE,
            file.product(),
            file.version(),
            true,
            SEQUENCE,
            "any",
            file.createdAt(),
            null,
            List.of(),
            List.of(),
            List.of(),
            null);
    assertRefused(
        PackedRelease.of(image, description, lab), Refusal.WRONG_KIND, "not a Forklift bundle");
  }

  @Test
  void aReleaseForAnotherPlatformIsRefused() throws IOException {
    assertRefused(
        pack(PackedRelease.description(SEQUENCE, "linux/amd64", null)),
        Refusal.WRONG_PLATFORM,
        "is for linux/amd64 machines, but this device is linux/arm64");
  }

  @Test
  void anOlderReleaseIsRefusedAndTheSameSequenceIsNot() throws IOException {
    run(genuine(), true);
    assertRefused(
        pack(description(SEQUENCE - 1)),
        Refusal.OLDER,
        "is older than " + Trees.VERSION + ", which this device has already");
    assertThat(run(genuine(), true)).isInstanceOf(AlreadyThere.class);
    assertThat(run(pack(description(SEQUENCE + 1)), true)).isInstanceOf(AlreadyThere.class);
    assertRefused(genuine(), Refusal.OLDER, "is older than");
  }

  @Test
  void anExpiredReleaseIsRefusedAndTheClockIsNamed() throws IOException {
    now = Instant.parse("2100-01-01T00:00:00Z");
    Refused refused =
        assertRefused(
            pack(PackedRelease.description(SEQUENCE, "linux/arm64", NOW)),
            Refusal.EXPIRED,
            "was valid until 2026-05-12T08:30:00Z; by this device's clock it is"
                + " 2100-01-01T00:00:00Z");
    assertThat(refused.next()).contains("See whether the device's clock is right");
  }

  @Test
  void aClockOf1970DoesNotReviveAReleaseOlderThanASeenSignature() throws IOException {
    now = Instant.EPOCH;
    PackedRelease valid = pack(PackedRelease.description(SEQUENCE, "linux/arm64", NOW));
    DeviceState.open(memory).accept(description(1), NOW.plusSeconds(1));
    assertRefused(
        valid, Refusal.EXPIRED, "a release signed at 2026-05-12T08:30:01Z was here before");
  }

  @Test
  void aClockOf1970DoesNotStopAValidRelease() throws IOException {
    now = Instant.EPOCH;
    DeviceState.open(memory).accept(description(1), NOW);
    assertThat(run(pack(PackedRelease.description(SEQUENCE, "linux/arm64", NOW)), true))
        .isInstanceOf(Imported.class);
  }

  @Test
  void aReleaseThatDoesNotFitIsRefusedBeforeAnythingIsUnpacked() throws IOException {
    room = folder -> (5 << 20) + Room.MARGIN;
    PackedRelease release = genuine();
    release.onWalk = () -> assertThat(false).as("nothing is read").isTrue();
    assertRefused(release, Refusal.NO_SPACE, "but only 72.4 MB is free");
  }

  @Test
  void aDamagedPartIsRefusedAndTheStoreUntouched() throws IOException {
    PackedRelease release = genuine();
    for (byte[] part : release.parts) part[part.length / 2] ^= 0x55;
    assertRefused(release, Refusal.DAMAGED, "");
  }

  @Test
  void aMissingLastPartIsRefused() throws IOException {
    PackedRelease release = genuine();
    release.parts.removeLast();
    assertRefused(release, Refusal.DAMAGED, "");
  }

  @Test
  void partsOfAnotherReleaseAreRefused() throws IOException {
    Path other = Trees.bundle(temporary.resolve("other"));
    Files.writeString(other.resolve("exports/overlays/usr/bin/tool"), "#!/bin/su\n");
    PackedRelease release = genuine();
    release.parts.clear();
    release.parts.addAll(PackedRelease.of(other, description(SEQUENCE), lab).parts);
    assertRefused(release, Refusal.DAMAGED, "");
  }

  @Test
  void whateverADriveThrowsIsARefusal() throws IOException {
    PackedRelease release = genuine();
    release.onWalk =
        () -> {
          throw new IllegalStateException("\u001b[2Jsurprise");
        };
    assertRefused(release, Refusal.DAMAGED, "drive FL-TEST01 cannot be read: <U+001B>[2Jsurprise");
  }

  @Test
  void aBundleOfAnotherPalletThanSignedIsRefused() throws IOException {
    Release signedAsOther =
        new Release(
            Release.Kind.FORKLIFT_BUNDLE,
            "git.example.org/lab/other",
            Trees.VERSION,
            true,
            SEQUENCE,
            "any",
            NOW,
            null,
            List.of(),
            List.of(),
            List.of(),
            null);
    assertRefused(
        pack(signedAsOther),
        Refusal.DAMAGED,
        "is signed as git.example.org/lab/other "
            + Trees.VERSION
            + ", but the bundle in it is git.example.org/lab/microscope");
  }

  @Test
  void aSignedBundleThatForkliftWouldTakeForEmptyIsRefused() throws IOException {
    Path empty = Trees.bundle(temporary.resolve("empty"), "forklift-version: v0.8.0-alpha.6\n");
    assertRefused(
        PackedRelease.of(empty, description(SEQUENCE), lab),
        Refusal.DAMAGED,
        "empty or was cut off");
  }

  @Test
  void aSwapFileStopsTheImportAndStays() throws IOException {
    Files.createDirectories(stages);
    Path swap = Files.writeString(stages.resolve("forklift-stage-store-swap.yml"), "stale");
    assertRefused(genuine(), Refusal.STORE_BUSY, swap.toString());
    assertThat(swap).hasContent("stale");
  }

  @Test
  void ofTwoImportsAtOnceOneWins() throws IOException {
    try (Closeable other = store().claim().orElseThrow()) {
      assertThat(other).isNotNull();
      assertRefused(genuine(), Refusal.STORE_BUSY, "Another import into");
    }
    PackedRelease release = genuine();
    ImportResult[] second = new ImportResult[1];
    PackedRelease rival = genuine();
    release.onWalk =
        () -> {
          try {
            second[0] = run(rival, true);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        };
    assertThat(run(release, true)).isInstanceOf(Imported.class);
    assertThat(second[0])
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.STORE_BUSY));
    assertThat(store().bundles()).hasSize(1);
  }

  @Test
  void aStoreThatCannotBeWrittenIsNotBlamedOnTheRelease() throws IOException {
    PackedRelease release = genuine();
    release.onWalk =
        () -> {
          try (var staging = Files.newDirectoryStream(stages, ".import-*")) {
            for (Path path : staging) Files.delete(path);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        };
    assertThatThrownBy(() -> run(release, true))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.DRIVE);
              assertThat(problem.what()).contains("could not write to " + stages);
            });
    assertThat(store().bundles()).isEmpty();
  }

  @Test
  void aStoppedImportLeavesTheStoreAsItWas() throws IOException {
    PackedRelease release = genuine();
    release.onWalk = cancellation::cancel;
    assertThatThrownBy(() -> run(release, true)).isInstanceOf(Cancellation.Cancelled.class);
    assertThat(names()).containsExactly(".fieldlift-lock");
  }

  @Test
  void aStateOfTheStoreThatCannotBeReadIsSaidBeforeAnythingIsUnpacked() throws IOException {
    Files.createDirectories(stages);
    Files.writeString(stages.resolve("forklift-stage-store.yml"), "staged: {next: foo}\n");
    assertThatThrownBy(() -> run(genuine(), true))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("forklift-stage-store.yml");
    assertThat(names()).containsExactlyInAnyOrder("forklift-stage-store.yml", ".fieldlift-lock");
  }

  private Refused assertRefused(PackedRelease release, Refusal refusal, String words)
      throws IOException {
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

  private ImportResult run(PackedRelease release, boolean setNext) throws IOException {
    return new BundleImport(
            trust,
            store(),
            DeviceState.open(memory),
            "linux/arm64",
            Clock.fixed(now, ZoneOffset.UTC),
            room)
        .run(release, setNext, progress, cancellation);
  }

  private static PackedRelease genuine() {
    return packed.copy();
  }

  private static PackedRelease pack(Release description) throws IOException {
    return PackedRelease.of(tree, description, lab);
  }

  private static Release description(long sequence) {
    return PackedRelease.description(sequence, "linux/arm64", null);
  }

  private StageStore store() throws IOException {
    return StageStore.open(stages);
  }

  private List<String> names() throws IOException {
    try (var names = Files.list(stages)) {
      return names.map(path -> path.getFileName().toString()).toList();
    }
  }
}
