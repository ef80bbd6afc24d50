package org.fieldlift.forklift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageStoreTest {
  private static final String STATE =
      """
      forklift-version: v0.7.0
      staged:
          next: 8
          next-failed: true
          history:
              - 3
              - 7
          names:
              a9: 8
              a10: 7
              factory-reset: 3
      """;

  @TempDir Path temporary;
  private Path stages;
  private StageStore store;

  @BeforeEach
  void open() throws IOException {
    stages = Files.createDirectory(temporary.resolve("stages"));
    store = StageStore.open(stages);
  }

  @Test
  void theFirstBundleIsNumberOne() throws IOException {
    assertThat(publishOne()).isEqualTo(1);
    assertThat(BundleManifest.read(stages.resolve("1")).path()).contains("microscope");
    assertThat(names()).containsExactly("1");
  }

  @Test
  void aStoreIsMadeForItsFoldersOwnerAndOnlyOnceItIsClaimed() throws IOException {
    assumeTrue(Files.getAttribute(temporary, "unix:uid").equals(0), "needs root");
    Path home = Files.createDirectory(temporary.resolve("home"));
    Files.setAttribute(home, "unix:uid", 1000);
    Path place = home.resolve(".local/share/forklift/stages");
    StageStore made = StageStore.open(place);
    assertThat(made.bundles()).isEmpty();
    assertThat(home).isEmptyDirectory();
    made.claim().orElseThrow().close();
    for (Path each = place; !each.equals(temporary); each = each.resolveSibling("")) {
      assertThat(Files.getAttribute(each, "unix:uid")).as("%s", each).isEqualTo(1000);
    }
  }

  @Test
  void rootMayUseAUsersStoreBehindALink() throws IOException {
    assumeTrue(Files.getAttribute(temporary, "unix:uid").equals(0), "needs root");
    Files.setAttribute(stages, "unix:uid", 1000);
    Path link = Files.createSymbolicLink(temporary.resolve("link"), stages);
    StageStore.open(link).claim().orElseThrow().close();
    assertThat(Files.getAttribute(stages.resolve(".fieldlift-lock"), "unix:uid")).isEqualTo(1000);
  }

  @Test
  void gapsAreNotFilled() throws IOException {
    folders("2", "7");
    assertThat(publishOne()).isEqualTo(8);
  }

  @Test
  void oddNamesCountAsGoCountsThem() throws IOException {
    folders("3", "013", ".import-x", "a14", "0x20", "-99", "0", "99999999999999999999");
    assertThat(publishOne()).isEqualTo(14);
    folders("+20");
    assertThat(publishOne()).isEqualTo(21);
    assertThat(store.bundles()).extracting(StagedBundle::index).containsExactly(3, 14, 21);
  }

  @Test
  void filesAndLinksWithNumbersAreNoBundlesAndAreNotWrittenInto() throws IOException {
    folders("4");
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createSymbolicLink(stages.resolve("5"), elsewhere);
    Files.writeString(stages.resolve("6"), "a file");
    assertThat(publishOne()).isEqualTo(7);
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(stages.resolve("6")).hasContent("a file");
    assertThatThrownBy(() -> store.bundle("5"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.next()).contains("is a link"));
  }

  @Test
  void aFolderWhoseNameIsNotItsNumberIsNamed() throws IOException {
    folders("013");
    assertThatThrownBy(() -> store.bundle("13"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.next()).contains("must be called 13"));
  }

  @Test
  void aStoreMayBeALinkToAFolderButNotToNowhere() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), stages);
    StageStore linked = StageStore.open(link);
    linked.publish(BundleFixture.write(linked.newStagingDirectory()));
    assertThat(stages.resolve("1/forklift-bundle.yml")).exists();
    Path dangling = Files.createSymbolicLink(temporary.resolve("dangling"), Path.of("nowhere"));
    assertThatThrownBy(() -> StageStore.open(dangling))
        .hasMessageContaining("is a link to nothing");
  }

  @Test
  void aStagingDirectoryHasANameForkliftIgnoresAndTheModeOfABundle() throws IOException {
    Path staging = store.newStagingDirectory();
    assertThat(staging.getFileName().toString()).startsWith(".import-");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(staging)))
        .isEqualTo("rwxr-xr-x");
    assertThat(store.bundles()).isEmpty();
  }

  @Test
  void setNextChangesNothingElseThanForkliftWould() throws IOException {
    Files.writeString(stages.resolve("forklift-stage-store.yml"), STATE);
    folders("3", "7", "8");
    int index = publishOne();
    store.setNext(index);
    assertThat(stages.resolve("forklift-stage-store.yml"))
        .hasContent(STATE.replace("next: 8\n    next-failed: true\n", "next: 9\n"));
    assertThat(store.next()).contains(9);
    assertThat(names()).doesNotContain("forklift-stage-store-swap.yml");
    assertThat(names()).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void aStoreWithoutStateGetsForkliftsOwn() throws IOException {
    publishOne();
    assertThat(store.next()).isEmpty();
    store.setNext(1);
    assertThat(stages.resolve("forklift-stage-store.yml"))
        .hasContent("forklift-version: v0.7.0\nstaged:\n    next: 1\n");
  }

  @Test
  void anEmptyStateKeepsItsEmptyVersionAsForkliftKeepsIt() throws IOException {
    Files.writeString(stages.resolve("forklift-stage-store.yml"), "");
    publishOne();
    store.setNext(1);
    assertThat(stages.resolve("forklift-stage-store.yml"))
        .hasContent("forklift-version: \"\"\nstaged:\n    next: 1\n");
  }

  @Test
  void unknownKeysDoNotDisturbAndAreNotKept() throws IOException {
    Files.writeString(
        stages.resolve("forklift-stage-store.yml"),
        "forklift-version: v99.0.0\nextra: 1\nstaged:\n    odd: [a]\n    history: [1]\n");
    publishOne();
    store.setNext(1);
    assertThat(stages.resolve("forklift-stage-store.yml"))
        .hasContent("forklift-version: v99.0.0\nstaged:\n    next: 1\n    history:\n        - 1\n");
  }

  @Test
  void aSwapFileThatADeadImportOfOursLeftIsRemoved() throws IOException {
    publishOne();
    Path swap = stages.resolve("forklift-stage-store-swap.yml");
    Files.createLink(swap, Files.writeString(stages.resolve(".import-state-123"), "staged:\n"));
    store.claim().orElseThrow().close();
    assertThat(swap).doesNotExist();
    store.setNext(1);
    assertThat(store.next()).contains(1);
  }

  @Test
  void aSwapFileOfForkliftsStaysWhenAnImportOfOursDiedToo() throws IOException {
    publishOne();
    Path swap = Files.writeString(stages.resolve("forklift-stage-store-swap.yml"), "staged:\n");
    Files.writeString(stages.resolve(".import-state-123"), "staged:\n");
    store.claim().orElseThrow().close();
    assertThat(swap).exists();
  }

  @Test
  void aStaleSwapFileStopsTheChangeAndStays() throws IOException {
    publishOne();
    Path swap = Files.writeString(stages.resolve("forklift-stage-store-swap.yml"), "stale");
    assertThatThrownBy(() -> store.setNext(1))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.what()).contains(swap.toString());
              assertThat(problem.next()).contains("delete it");
            });
    assertThatThrownBy(store::requireNoSwapFile).isInstanceOf(Problem.class);
    assertThat(swap).hasContent("stale");
    assertThat(stages.resolve("forklift-stage-store.yml")).doesNotExist();
    assertThat(names()).containsExactlyInAnyOrder("1", "forklift-stage-store-swap.yml");
  }

  @Test
  void aBundleForkliftCouldNotApplyIsNeverNext() throws IOException {
    folders("1");
    Files.writeString(stages.resolve("1/forklift-bundle.yml"), "forklift-version: v0.8.0\n");
    assertThatThrownBy(() -> store.setNext(1)).hasMessageContaining("cut off");
    assertThatThrownBy(() -> store.setNext(2)).hasMessageContaining("has no bundle 2");
    assertThat(store.next()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"staged: {next: foo}", "staged: 7", "staged: {history: [a]}", "- a", ": ["})
  void aStateForkliftCouldNotReadIsNotOverwritten(String yaml) throws IOException {
    Path state = Files.writeString(stages.resolve("forklift-stage-store.yml"), yaml);
    publishOne();
    assertThatThrownBy(() -> store.setNext(1))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("forklift-stage-store.yml");
    assertThat(state).hasContent(yaml);
    assertThat(names()).doesNotContain("forklift-stage-store-swap.yml");
  }

  @Test
  void bundlesAreFoundByNumberAndByName() throws IOException {
    Files.writeString(stages.resolve("forklift-stage-store.yml"), STATE);
    folders("3", "7", "8");
    assertThat(store.bundle("+7")).isEqualTo(stages.resolve("7"));
    assertThat(store.bundle("007")).isEqualTo(stages.resolve("7"));
    assertThat(store.bundle("next")).isEqualTo(stages.resolve("8"));
    assertThat(store.bundle("pending")).isEqualTo(stages.resolve("8"));
    assertThat(store.bundle("current")).isEqualTo(stages.resolve("7"));
    assertThat(store.bundle("rollback")).isEqualTo(stages.resolve("3"));
    assertThat(store.bundle("factory-reset")).isEqualTo(stages.resolve("3"));
    assertThat(store.bundles())
        .containsExactly(
            new StagedBundle(3, stages.resolve("3"), List.of("rollback", "factory-reset")),
            new StagedBundle(7, stages.resolve("7"), List.of("current", "a10")),
            new StagedBundle(8, stages.resolve("8"), List.of("next", "pending", "a9")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9", "0", "-3", "rollback", "nobody", "../etc", "", "99999999999999999999"})
  void whatStandsForNoBundleIsSaid(String identifier) throws IOException {
    folders("3");
    assertThatThrownBy(() -> store.bundle(identifier))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE));
  }

  @Test
  void onlyOneImportAtATimeHasTheStore() throws IOException {
    try (Closeable first = store.claim().orElseThrow()) {
      assertThat(first).isNotNull();
      assertThat(StageStore.open(stages).claim()).isEmpty();
    }
    Optional<Closeable> second = store.claim();
    assertThat(second).isPresent();
    second.orElseThrow().close();
  }

  @Test
  void whatDeadImportsLeftIsRemovedByTheNext() throws IOException {
    Path left = store.newStagingDirectory();
    BundleFixture.write(left);
    Path closed = Files.createDirectories(left.resolve("read-only/inner"));
    Files.setPosixFilePermissions(closed.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.createFile(outside.resolve("kept"));
    Files.createSymbolicLink(left.resolve("link"), outside);
    folders("1");
    Files.createFile(stages.resolve(".keep"));
    store.claim().orElseThrow().close();
    assertThat(names()).containsExactlyInAnyOrder("1", ".keep", ".fieldlift-lock");
    assertThat(outside.resolve("kept")).exists();
  }

  @Test
  void whatRootImportsBecomesTheStoreOwners() throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.getAttribute(stages, "unix:uid").equals(0), "needs root");
    Files.setAttribute(stages, "unix:uid", 1000);
    Files.setAttribute(stages, "unix:gid", 1001);
    Path staging = BundleFixture.write(store.newStagingDirectory());
    Files.createSymbolicLink(staging.resolve("dangling"), Path.of("../../nowhere"));
    Path program = Files.createFile(staging.resolve("program"));
    Files.setAttribute(program, "unix:mode", 04755);
    int index = store.publish(staging);
    store.setNext(index);
    Path published = stages.resolve("1");
    for (Path path :
        List.of(
            published,
            published.resolve("dangling"),
            published.resolve("packages/packages/net/hosts/forklift-package.yml"),
            stages.resolve("forklift-stage-store.yml"))) {
      assertThat(
              Files.readAttributes(path, "unix:uid,gid", java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .containsEntry("uid", 1000)
          .containsEntry("gid", 1001);
    }
    assertThat((Integer) Files.getAttribute(published.resolve("program"), "unix:mode") & 07777)
        .isEqualTo(04755);
  }

  private int publishOne() throws IOException {
    return store.publish(BundleFixture.write(store.newStagingDirectory()));
  }

  private void folders(String... names) throws IOException {
    for (String name : names) Files.createDirectory(stages.resolve(name));
  }

  private List<String> names() throws IOException {
    try (var names = Files.list(stages)) {
      return names.map(path -> path.getFileName().toString()).toList();
    }
  }
}
