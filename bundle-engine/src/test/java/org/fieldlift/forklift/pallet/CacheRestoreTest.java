package org.fieldlift.forklift.pallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fieldlift.forklift.BundleFixture;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.CachesSection;
import org.fieldlift.forklift.CachesSection.Download;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.git.DotGit;
import org.fieldlift.forklift.git.GitFixture;
import org.fieldlift.forklift.git.MirrorFile;
import org.fieldlift.forklift.pallet.Restored.State;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheRestoreTest {
  private static final String FILE = "http-files/e.org:80/" + "n".repeat(240) + "?x=1&y#z";
  private static final String BASE = "git.example.org/lab/base@v1.1.0";
  private static final String PACKAGES = "git.example.org/lab/pkgs@v1.0.0";
  private static final String REPOSITORY = "git.example.org/lab/base";

  @TempDir Path folder;
  private Path bundle;
  private Path home;
  private CacheFolders brought;
  private CacheFolders caches;

  @BeforeEach
  void export() throws IOException {
    bundle = BundleFixture.write(folder.resolve("bundle"));
    home = Files.createDirectory(folder.resolve("home"));
    brought = CacheFolders.of(bundle);
    caches = new Workspace(home).caches();
    Path base = brought.pallets().resolve(BASE);
    BundleFixture.file(base, "forklift-pallet.yml", "pallet: {}\n");
    BundleFixture.file(base, "run.sh", "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        base.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(base.resolve("link"), Path.of("../dangling"));
    Files.createDirectory(base.resolve("empty"));
    BundleFixture.file(brought.repositories().resolve(PACKAGES), "a/b.yml", "b\n");
    BundleFixture.file(brought.downloads(), FILE, "downloaded");
    Path repository = GitFixture.repository(folder.resolve("work"));
    String commit = GitFixture.git(repository, "rev-parse", "HEAD");
    MirrorFile.write(
        repository.resolve(".git"), List.of(), brought.mirrorFile(REPOSITORY), new Cancellation());
    Path manifest = bundle.resolve("forklift-bundle.yml");
    String text =
        BundleFixture.MANIFEST.replace("a7f1946f93915f130baf4925ea59c26815a44e7f", commit);
    Files.write(
        manifest,
        new CachesSection(
                "linux/arm64",
                List.of(REPOSITORY),
                List.of(BASE),
                List.of(PACKAGES),
                List.of(
                    new Download(
                        "https://e.org", FILE, Digest.of(brought.downloads().resolve(FILE)))),
                List.of())
            .append(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Test
  void everythingGoesBackToItsPlaceAsItWas() throws IOException {
    assertThat(restore())
        .containsExactly(
            new Restored("pallet", BASE, State.NEW),
            new Restored("repository", PACKAGES, State.NEW),
            new Restored("download", FILE, State.NEW),
            new Restored("mirror", REPOSITORY, State.NEW));
    Path base = caches.pallets().resolve(BASE);
    assertThat(base.resolve("forklift-pallet.yml")).hasContent("pallet: {}\n");
    assertThat(base.resolve("run.sh")).isExecutable();
    assertThat(Files.readSymbolicLink(base.resolve("link"))).hasToString("../dangling");
    assertThat(base.resolve("empty")).isEmptyDirectory();
    assertThat(caches.repositories().resolve(PACKAGES + "/a/b.yml")).hasContent("b\n");
    assertThat(caches.downloads().resolve(FILE)).hasContent("downloaded");
    assertThat(caches.mirrors().resolve(REPOSITORY + "/HEAD")).exists();
  }

  @Test
  void aSecondTimeEverythingIsThere() throws IOException {
    restore();
    Map<Path, Object> before = files();
    assertThat(restore()).extracting(Restored::state).containsOnly(State.PRESENT);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void whatDiffersStaysAsItIsAndIsTold() throws IOException {
    BundleFixture.file(caches.pallets().resolve(BASE), "forklift-pallet.yml", "mine\n");
    BundleFixture.file(caches.repositories(), PACKAGES, "a file");
    BundleFixture.file(caches.downloads(), FILE, "of another platform");
    assertThat(restore().stream().map(Restored::state).toList())
        .containsExactly(State.DIFFERENT, State.DIFFERENT, State.DIFFERENT, State.NEW);
    assertThat(caches.pallets().resolve(BASE + "/forklift-pallet.yml")).hasContent("mine\n");
    assertThat(caches.downloads().resolve(FILE)).hasContent("of another platform");
  }

  @Test
  void aFileThatMayNotBeRunIsNotTheSame() throws IOException {
    restore();
    Path program = caches.pallets().resolve(BASE + "/run.sh");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(restore().getFirst().state()).isEqualTo(State.DIFFERENT);
  }

  @Test
  void aRunThatWasStoppedIsFinishedByTheNext() throws IOException {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    assertThatThrownBy(() -> restore(cancellation)).isInstanceOf(Cancellation.Cancelled.class);
    Path half = caches.root().resolve("incoming.999999999-00000000-1.fieldlift-new");
    Files.createDirectories(half.resolve("inner"));
    Files.setPosixFilePermissions(
        half.resolve("inner"), PosixFilePermissions.fromString("r-xr-xr-x"));
    assertThat(restore()).extracting(Restored::state).containsOnly(State.NEW);
    assertThat(half).doesNotExist();
  }

  @Test
  void aDamagedDownloadIsRefusedAndLeavesNothing() throws IOException {
    Files.writeString(brought.downloads().resolve(FILE), "damaged!!!");
    assertThatThrownBy(this::restore)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE));
    assertThat(caches.downloads().resolve(FILE)).doesNotExist();
    assertThat(files().keySet()).noneMatch(path -> path.toString().contains("incoming"));
  }

  @Test
  void whatTheBundleNamesAndLacksIsMissed() throws IOException {
    Files.delete(brought.mirrorFile(REPOSITORY));
    assertThatThrownBy(this::restore).hasMessageContaining("lacks the mirror " + REPOSITORY);
    FolderFiles.delete(brought.pallets().resolve(BASE));
    assertThatThrownBy(this::restore).hasMessageContaining("lacks the pallet " + BASE);
  }

  @ParameterizedTest
  @ValueSource(strings = {".git", "a/.GIT", "a/b/.git::$INDEX_ALLOCATION"})
  void whatGitWouldTakeForARepositoryStaysBehind(String name) throws IOException {
    for (Path cache :
        List.of(brought.pallets().resolve(BASE), brought.repositories().resolve(PACKAGES))) {
      BundleFixture.file(cache, name + "/config", "[core]\n\tfsmonitor = touch ran\n");
      BundleFixture.file(cache, "file/.git", "gitdir: " + brought.pallets().resolve(BASE) + "\n");
      Files.createSymbolicLink(cache.resolve(".Git"), Path.of("a"));
    }
    restore();
    assertThat(files().keySet())
        .filteredOn(path -> DotGit.isIn(home.relativize(path).toString()))
        .isEmpty();
    assertThat(caches.pallets().resolve(BASE + "/file")).isEmptyDirectory();
    assertThat(restore()).extracting(Restored::state).containsOnly(State.PRESENT);
  }

  @Test
  void cachesThatTogetherMakeARepositoryAreRefused() throws IOException {
    String name = "git.example.org/lab/.git";
    BundleFixture.file(
        brought.pallets().resolve(name), "config", "[core]\n\tfsmonitor = touch ran\n");
    Path manifest = bundle.resolve("forklift-bundle.yml");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("    - " + BASE, "    - " + BASE + "\n    - " + name));
    assertThatThrownBy(this::restore)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE))
        .hasMessageContaining(name + " would lie in a git repository of its own");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aBundleWithoutCachesIsNamed() throws IOException {
    BundleFixture.file(bundle, "forklift-bundle.yml", BundleFixture.MANIFEST);
    assertThatThrownBy(this::restore).hasMessageContaining("brings no caches");
  }

  @Test
  void aMirrorWithoutTheCommitTheBundleWasMadeFromIsRefused() throws IOException {
    Path manifest = bundle.resolve("forklift-bundle.yml");
    String text = Files.readString(manifest);
    Files.writeString(
        manifest, text.replaceFirst("commit: [0-9a-f]{40}", "commit: " + "a".repeat(40)));
    assertThatThrownBy(this::restore).hasMessageContaining("leads to the commit aaaa");
  }

  @Test
  void whatRootRestoresBecomesTheUsersAndALinkOfHisDoesNotLeadRootElsewhere() throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.getAttribute(home, "unix:uid").equals(0), "needs root");
    Files.setAttribute(home, "unix:uid", 1000);
    Files.setAttribute(home, "unix:gid", 1001);
    restore();
    try (var all = Files.walk(home)) {
      for (Path each : all.toList()) {
        assertThat(Files.getAttribute(each, "unix:uid", java.nio.file.LinkOption.NOFOLLOW_LINKS))
            .as(each.toString())
            .isEqualTo(1000);
      }
    }
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    FolderFiles.delete(caches.pallets());
    Files.createSymbolicLink(caches.pallets(), elsewhere);
    assertThatThrownBy(this::restore).hasMessageContaining("is in the way");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caches",
        "caches/pallets",
        "caches/pallets/git.example.org",
        "caches/repositories/git.example.org/lab",
        "caches/downloads",
        "caches/mirrors/git.example.org"
      })
  void aLinkInsteadOfAFolderLeadsNobodyOutOfTheBundle(String link) throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(bundle.resolve(link), elsewhere);
    Files.createSymbolicLink(bundle.resolve(link), elsewhere);
    assertThatThrownBy(this::restore)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE);
              assertThat(problem.what()).contains("leads out of the bundle");
            });
    assertThat(home).isEmptyDirectory();
  }

  private List<Restored> restore() throws IOException {
    return restore(new Cancellation());
  }

  private List<Restored> restore(Cancellation cancellation) throws IOException {
    return new CacheRestore(bundle, new Workspace(home), new Progress("a test"), cancellation)
        .run();
  }

  private Map<Path, Object> files() throws IOException {
    try (var all = Files.walk(home)) {
      return new TreeMap<>(
          all.collect(Collectors.toMap(path -> path, path -> path.toFile().lastModified())));
    }
  }
}
