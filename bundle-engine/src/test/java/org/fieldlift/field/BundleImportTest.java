package org.fieldlift.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.fieldlift.field.ImportResult.AlreadyThere;
import org.fieldlift.field.ImportResult.Imported;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.forklift.StageStore;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The way through: what arrives, and what interrupted or simultaneous imports leave behind.
class BundleImportTest extends ImportBench {
  @Test
  void aBundleWhoseApplyFailedIsMadeNextAgain() throws IOException {
    run(genuine(), true);
    Path state = stages.resolve("forklift-stage-store.yml");
    Files.writeString(
        state, Files.readString(state).replace("next: 1", "next: 1\n    next-failed: true"));
    assertThat(run(genuine(), false))
        .isInstanceOfSatisfying(AlreadyThere.class, there -> assertThat(there.next()).isFalse());
    assertThat(run(genuine(), true))
        .isInstanceOfSatisfying(AlreadyThere.class, there -> assertThat(there.next()).isTrue());
    assertThat(state).content().doesNotContain("next-failed");
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
    Files.createDirectories(stages);
    Path left = store().newStagingDirectory();
    Trees.write(left, "forklift-bundle.yml", "half");
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
  void whatAppsPutWhereTheyMayDoesNotMakeASecondCopy() throws IOException {
    run(genuine(), true);
    Path app = stages.resolve("1/packages/packages/net/hosts");
    Trees.write(app, "data/made/by the app", "anything");
    Files.createSymbolicLink(app.resolve("data/link"), Path.of("/nowhere"));
    Trees.write(app, "state/log", "a file is mounted, too");
    assertThat(run(genuine(), true)).isInstanceOf(AlreadyThere.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports/overlays/etc/more.conf",
        "packages/packages/net/hosts/compose.yml",
        "packages/packages/net/hosts/database",
        "packages/packages/net/hosts/state/log.1",
        "pallet/.git/more",
        "more/at/the/top",
      })
  void aBundleThatHoldsMoreIsNotTakenForTheRelease(String more) throws IOException {
    run(genuine(), true);
    Trees.write(stages.resolve("1"), more, "more");
    assertThat(run(genuine(), true))
        .isInstanceOfSatisfying(
            Imported.class, imported -> assertThat(imported.index()).isEqualTo(2));
    assertThat(run(genuine(), true)).isInstanceOf(AlreadyThere.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exports/overlays/usr/bin/tool", "caches", "pallet"})
  void aReleaseThatOnlyTakesSomethingAwayIsStaged(String gone) throws IOException {
    run(genuine(), true);
    Path less = Trees.bundle(temporary.resolve("less"));
    less.resolve("pallet/.git/objects/pack").toFile().setWritable(true);
    FolderFiles.delete(less.resolve(gone));
    assertThat(run(PackedRelease.of(less, description(SEQUENCE + 1), lab), true))
        .isInstanceOfSatisfying(
            Imported.class, imported -> assertThat(imported.index()).isEqualTo(2));
    assertThat(stages.resolve("2").resolve(gone)).doesNotExist();
    assertThat(store().next()).contains(2);
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
}
