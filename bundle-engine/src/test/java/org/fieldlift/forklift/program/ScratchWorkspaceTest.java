package org.fieldlift.forklift.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fieldlift.forklift.BundleFixture;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.git.GitFixture;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchWorkspaceTest {
  private static final String PALLET = "git.example.org/lab/base@v1.1.0/forklift-pallet.yml";
  private static final String REPOSITORY = "git.example.org/lab/pkgs@v1.0.0/a/forklift-package.yml";
  private static final String MIRROR = "git.example.org/lab/base";
  private static final String TOOL = "oci-image-fs-tarballs/r.example.org/lab/tool/1.tar";
  private static final String MORE = "oci-image-fs-tarballs/r.example.org/lab/more/1.tar";
  private static final String FILE = "http-files/e.org/a?x=1";

  @TempDir Path folder;
  private Workspace home;
  private CacheFolders caches;
  private CacheFolders station;

  @BeforeEach
  void aWorkspaceAndAStation() throws IOException {
    home = new Workspace(Files.createDirectory(folder.resolve("home")));
    caches = home.caches();
    station = new CacheFolders(folder.resolve("station"));
    Path pallet = GitFixture.repository(home.pallet());
    GitFixture.mirror(pallet, caches.mirrors().resolve(MIRROR));
    BundleFixture.file(caches.pallets(), PALLET, "pallet: {}\n");
    BundleFixture.file(caches.repositories(), REPOSITORY, "package: {}\n");
    BundleFixture.file(caches.downloads(), TOOL, "tool of some platform");
    BundleFixture.file(caches.downloads(), FILE, "a");
    BundleFixture.file(caches.downloads(), FILE + ".fkldownload", "half of a");
  }

  @Test
  void nothingThatForkliftMayWriteToIsTheirs() throws IOException {
    Map<String, String> before = describe(home.root());
    Workspace aside = setUp().workspace();
    GitFixture.commit(aside.pallet(), "README.md", "second");
    Path mirror = aside.caches().mirrors().resolve(MIRROR);
    GitFixture.git(mirror, "fetch", "--quiet", aside.pallet().toString(), "+main:refs/heads/main");
    GitFixture.git(mirror, "repack", "-a", "-d", "-f", "--quiet");
    GitFixture.git(mirror, "pack-refs", "--all");
    for (Path file :
        List.of(
            mirror.resolve("config"),
            mirror.resolve("HEAD"),
            aside.caches().pallets().resolve(PALLET),
            aside.caches().repositories().resolve(REPOSITORY),
            aside.pallet().resolve(".git/config"))) {
      Files.writeString(file, "changed", StandardOpenOption.TRUNCATE_EXISTING);
    }
    Files.writeString(aside.caches().downloads().resolve(FILE + ".fkldownload"), "new");
    Files.delete(aside.caches().downloads().resolve(TOOL));
    assertThat(describe(home.root())).isEqualTo(before);
  }

  @Test
  void itHasWhatStagingNeeds() throws IOException {
    Path run = home.pallet().resolve("run.sh");
    Files.writeString(run, "#!/bin/sh\n");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.createSymbolicLink(home.pallet().resolve("link"), Path.of("../dangling"));
    Files.createDirectories(home.pallet().resolve("empty/folder"));
    Workspace aside = setUp().workspace();
    Map<String, String> theirs = describe(home.root());
    theirs.keySet().removeIf(path -> path.endsWith(".fkldownload"));
    assertThat(describe(aside.root())).isEqualTo(theirs);
    assertThat(GitFixture.git(aside.pallet(), "status", "--porcelain"))
        .isEqualTo(GitFixture.git(home.pallet(), "status", "--porcelain"));
    Path mirror = Path.of("mirrors").resolve(MIRROR);
    try (var objects = Files.walk(caches.root().resolve(mirror).resolve("objects"))) {
      for (Path object : objects.filter(Files::isRegularFile).toList()) {
        Path name = caches.root().relativize(object);
        assertThat(Files.isSameFile(object, aside.caches().root().resolve(name))).isTrue();
      }
    }
    Path config = mirror.resolve("config");
    assertThat(
            Files.isSameFile(caches.root().resolve(config), aside.caches().root().resolve(config)))
        .isFalse();
  }

  @Test
  void aPalletThatLiesElsewhereIsFollowedThere() throws IOException {
    Path elsewhere = folder.resolve("src");
    Files.move(home.pallet(), elsewhere);
    Files.createSymbolicLink(home.pallet(), elsewhere);
    Path pallet = setUp().workspace().pallet();
    assertThat(Files.isDirectory(pallet, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(pallet.resolve("README.md")).exists();
  }

  @Test
  void aSocketThatGitLeftStaysBehind() throws IOException {
    Path socket = home.pallet().resolve(".git/fsmonitor--daemon.ipc");
    try (ServerSocketChannel daemon = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      daemon.bind(UnixDomainSocketAddress.of(socket));
      assertThat(setUp().workspace().pallet().resolve(".git/fsmonitor--daemon.ipc")).doesNotExist();
    }
  }

  @Test
  void filesOfAnImageAreTheStationsOrDoubtful() throws IOException {
    BundleFixture.file(station.downloads(), MORE, "more of the platform");
    BundleFixture.file(caches.downloads(), MORE, "more of some platform");
    ScratchWorkspace scratch = setUp();
    assertThat(scratch.download(MORE)).hasContent("more of the platform");
    assertThat(scratch.isDoubtful(MORE)).isFalse();
    assertThat(scratch.isDoubtful(TOOL)).isTrue();
    Path right = Files.writeString(folder.resolve("right"), "tool of the platform");
    assertThat(scratch.replace(TOOL, right)).isTrue();
    assertThat(scratch.download(TOOL)).hasContent("tool of the platform");
    assertThat(scratch.isDoubtful(TOOL)).isFalse();
    assertThat(scratch.replace(TOOL, right)).isFalse();
    assertThat(caches.downloads().resolve(TOOL)).hasContent("tool of some platform");
  }

  @Test
  void whatForkliftFetchedFromAWebServerIsDoubtfulUntilItIsReplaced() throws IOException {
    ScratchWorkspace scratch = setUp();
    assertThat(scratch.isDoubtful(FILE)).isFalse();
    BundleFixture.file(scratch.workspace().caches().downloads(), "http-files/e.org/new", "404");
    assertThat(scratch.isDoubtful("http-files/e.org/new")).isTrue();
    Path right = Files.writeString(folder.resolve("right"), "new");
    assertThat(scratch.replace("http-files/e.org/new", right)).isTrue();
    assertThat(scratch.isDoubtful("http-files/e.org/new")).isFalse();
  }

  @Test
  void filesOfImagesThatForkliftFetchedAreKeptForThePlatformAndNothingElseIs() throws IOException {
    ScratchWorkspace scratch = setUp();
    CacheFolders aside = scratch.workspace().caches();
    BundleFixture.file(aside.downloads(), MORE, "fetched");
    BundleFixture.file(aside.downloads(), MORE + ".fkldownload", "half");
    BundleFixture.file(aside.downloads(), "http-files/e.org/new", "404");
    scratch.keepImageFiles();
    try (var all = Files.walk(station.root())) {
      assertThat(all.filter(Files::isRegularFile))
          .containsExactly(station.downloads().resolve(MORE));
    }
    assertThat(station.downloads().resolve(MORE)).hasContent("fetched");
  }

  @Test
  void whatWentWrongIsSaidOfTheirWorkspace() throws IOException {
    ScratchWorkspace scratch = setUp();
    String words = "couldn't read " + scratch.workspace().pallet() + "/x";
    assertThat(scratch.asTold(Problem.failed(words, "y")))
        .hasMessage("couldn't read " + home.pallet() + "/x");
  }

  @Test
  void whereThereIsNoWorkspaceNoneIsMade() throws IOException {
    Workspace none = new Workspace(folder.resolve("none"));
    Path aside = folder.resolve("aside");
    ScratchWorkspace.of(none, station, aside, new Cancellation());
    assertThat(aside).doesNotExist();
  }

  private ScratchWorkspace setUp() throws IOException {
    return ScratchWorkspace.of(home, station, folder.resolve("aside"), new Cancellation());
  }

  /// Every path with its kind, permissions, time of the last change of a file, and content.
  private static Map<String, String> describe(Path root) throws IOException {
    Map<String, String> described = new TreeMap<>();
    try (var all = Files.walk(root)) {
      for (Path each : all.toList()) {
        String what = "folder";
        if (Files.isSymbolicLink(each)) what = "-> " + Files.readSymbolicLink(each);
        else if (Files.isRegularFile(each)) {
          what = Files.getLastModifiedTime(each) + " " + Files.readString(each, ISO_8859_1);
        }
        var mode = Files.getAttribute(each, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        described.put(root.relativize(each).toString(), mode + " " + what);
      }
    }
    return described;
  }
}
