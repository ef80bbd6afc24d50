package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles of a real workspace go out with everything they need, over drives, to a device that has
/// nothing; and there the caches and the local pallet become what they were.
class ForkliftBundlesTest {
  @TempDir private static Path shared;
  private static LabWorkspace lab;

  @TempDir Path folder;

  @BeforeAll
  static void aWorkspaceAndARegistryWithItsImages() throws IOException {
    Program.needs("git");
    lab = LabWorkspace.in(shared);
  }

  @AfterAll
  static void noRegistryIsLeft() throws IOException {
    if (lab != null) lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"factory-reset", "current", "next"})
  void aBundleComesBackFromTheFieldAsItWas(String name) throws IOException {
    Path file = folder.resolve("release.forklift-bundle.tar.gz");
    export(lab.station(), name, file).well();
    Device device = importOverDrives(file);

    Path bundle = device.stages().resolve("1");
    Map<String, String> came = withoutCaches(Trees.describe(bundle));
    Map<String, String> went = Trees.describe(lab.stages().resolve(number(name)));
    came.remove("forklift-bundle.yml");
    went.remove("forklift-bundle.yml");
    assertThat(came).isEqualTo(went);
    String manifest =
        Files.readString(lab.stages().resolve(number(name)).resolve("forklift-bundle.yml"));
    assertThat(Files.readString(bundle.resolve("forklift-bundle.yml"))).startsWith(manifest);

    Path again = folder.resolve("again");
    run(device.fieldlift(), "export-bundle", "1", again, device.home(), List.of("--offline"))
        .well();
    Path whole = folder.resolve("whole");
    lab.station().run("release", "split", file, whole).well();
    assertThat(again.resolve("release.json")).hasSameBinaryContentAs(whole.resolve("release.json"));

    device
        .fieldlift()
        .run(
            "plt",
            "switch",
            "--from-bundle",
            "1",
            "--workspace",
            device.home(),
            "--platform",
            LabWorkspace.PLATFORM)
        .well();
    for (String cache : List.of("pallets", "repositories", "downloads")) {
      Map<String, String> restored = Trees.describe(device.caches().resolve(cache));
      assertThat(restored).isNotEmpty();
      assertThat(Trees.describe(lab.caches().resolve(cache))).containsAllEntriesOf(restored);
    }
    for (String mirror : List.of("microscope", "base", "pkgs")) {
      String path = "mirrors/git.example.org/lab/" + mirror;
      assertThat(git(device.caches().resolve(path), "for-each-ref"))
          .isEqualTo(git(lab.caches().resolve(path), "for-each-ref"));
    }
    Path pallet = device.home().resolve(".local/share/forklift/pallet");
    Path staged = lab.stages().resolve(number(name)).resolve("pallet");
    assertThat(git(pallet, "log", "--format=%H %s"))
        .isEqualTo(git(staged, "log", "--format=%H %s"));
    assertThat(git(pallet, "status", "--porcelain"))
        .isEqualTo(git(staged, "status", "--porcelain"));
  }

  @Test
  void whatTheCachesLackIsFetched() throws IOException {
    Path cached = folder.resolve("cached");
    export(lab.station(), "next", cached).well();
    Path poor = folder.resolve("poor");
    Program.run("cp", "-a", lab.root(), poor).well();
    Program.run("rm", "-r", poor.resolve(".cache/forklift/downloads")).well();
    HttpServer web = lab.web();
    try {
      Fieldlift station = Fieldlift.at(folder.resolve("other"));
      Path fetched = folder.resolve("fetched");
      Program.Said refused =
          run(station, "export-bundle", "next", fetched, poor, List.of("--offline"));
      refused.refused(1, "file http://files.example.org:8079/firmware-1.4.tar.gz");
      assertThat(fetched).doesNotExist();

      Fieldlift online =
          station.through(
              "env",
              "NO_PROXY=127.0.0.1",
              "HTTP_PROXY=http://127.0.0.1:" + web.getAddress().getPort());
      run(online, "export-bundle", "next", fetched, poor, List.of()).well();
      assertThat(poor.resolve(".cache/forklift/downloads")).doesNotExist();
      assertThat(entries(fetched, "caches/downloads/http-files"))
          .isEqualTo(entries(cached, "caches/downloads/http-files"));
      run(station, "export-bundle", "next", folder.resolve("again"), poor, List.of("--offline"))
          .well();
    } finally {
      web.stop(0);
    }
  }

  @Test
  void exportingTwiceGivesTheSameBytes() throws IOException {
    Path first = folder.resolve("first.tar.gz");
    Path second = folder.resolve("second.tar.gz");
    export(lab.station(), "next", first).well();
    export(lab.station(), "next", second).well();
    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }

  @Test
  void aDryRunSaysWhatIsHereAndChangesNothing() throws IOException {
    Program.Said said =
        run(
            lab.station(),
            "export-bundle",
            "next",
            folder.resolve("out"),
            lab.root(),
            List.of("--dry-run", "--json"));
    said.well();
    assertThat(said.out())
        .contains("\"mirror\"", "\"image-files\"", "registry.example.org/lab/viewer:1.0@sha256:");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private Program.Said export(Fieldlift station, String name, Path output) {
    return run(station, "export-bundle", name, output, lab.root(), List.of());
  }

  private Program.Said run(
      Fieldlift station, String verb, String name, Path output, Path workspace, List<String> more) {
    List<Object> words = new ArrayList<>(List.of("stage", verb, name, output));
    words.addAll(List.of("--workspace", workspace, "--platform", LabWorkspace.PLATFORM));
    words.addAll(List.of("--key", lab.key()));
    words.addAll(lab.mirrors());
    words.addAll(more);
    return station.run(words.toArray());
  }

  private Device importOverDrives(Path file) {
    Fieldlift station = lab.station();
    String id = station.run("release", "fetch", file).well().out().strip();
    Path drive = folder.resolve("drive.img");
    station.run("drive", "write", "-r", id, "--to", drive, "--size", "128MB").well();
    station.run("drive", "verify", drive).well();
    Device device = new Device(folder.resolve("device"));
    lab.trust(device.fieldlift());
    device
        .fieldlift()
        .run(
            "stage",
            "import-bundle",
            drive,
            "--set-next",
            "--workspace",
            device.home(),
            "--platform",
            LabWorkspace.PLATFORM,
            "--images",
            "none")
        .well();
    assertThat(device.stages().resolve("forklift-stage-store.yml")).content().contains("next: 1");
    return device;
  }

  /// A device that has nothing yet.
  private record Device(Path home) {
    Fieldlift fieldlift() {
      return Fieldlift.at(home.resolve("fieldlift"));
    }

    Path stages() {
      return home.resolve(".local/share/forklift/stages");
    }

    Path caches() {
      return home.resolve(".cache/forklift");
    }
  }

  private static String number(String name) {
    return switch (name) {
      case "factory-reset" -> "1";
      case "current" -> "2";
      default -> "3";
    };
  }

  private static Map<String, String> withoutCaches(Map<String, String> tree) {
    Map<String, String> left = new TreeMap<>(tree);
    left.keySet().removeIf(path -> path.equals("caches") || path.startsWith("caches/"));
    return left;
  }

  /// The lines of `release.json` about what lies below a path.
  private static List<String> entries(Path release, String below) throws IOException {
    String json = Files.readString(release.resolve("release.json"));
    return json.lines().filter(line -> line.contains(below)).toList();
  }

  private static String git(Path repository, String... words) {
    List<Object> command =
        new ArrayList<>(List.of("git", "-c", "safe.directory=*", "-C", repository));
    command.addAll(List.of(words));
    return Program.run(command.toArray()).well().out();
  }
}
