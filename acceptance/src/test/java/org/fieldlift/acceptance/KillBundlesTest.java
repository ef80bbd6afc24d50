package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fieldlift.acceptance.LabImages.Pinned;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Images and whole bundles on their way out and back, killed at any moment: what is there is
/// right, and the same command run again finishes.
@ExtendWith(FaultTable.class)
class KillBundlesTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void aCopyOfImagesThatWasKilledGoesOn() throws IOException {
    LabImages images = new LabImages(folder.resolve("images"));
    for (int i = 1; i <= 4; i++) {
      String name = "registry.example.org/lab/app" + i + ":1";
      images.image(name, Pinned.MANIFEST, "app " + i, 12 * MIB);
    }
    try (Registry registry = Registry.open(folder.resolve("registry"))) {
      registry.push(images.folder());
      List<Object> words = new ArrayList<>(List.of("image", "cache"));
      for (int i = 1; i <= 4; i++) words.add(registry.host() + "/lab/app" + i + ":1");
      words.addAll(List.of("--platform", LabImages.platform()));
      Object[] cache = words.toArray();
      Fieldlift measured = Fieldlift.at(folder.resolve("measured"));
      Kills kills = Kills.of("image cache", 1, folder, () -> measured.worksFor(cache));
      Fieldlift station = Fieldlift.at(folder.resolve("station"));
      kills.strike(
          time -> station.killedAfter(time, cache),
          said -> imagesOf(station),
          () -> {
            assertThat(station.run(cache).well().out().lines()).hasSize(4);
            assertThat(imagesOf(station)).isEqualTo("4 of 4 images");
            Leftovers.assertNone(station.home());
            Leftovers.delete(station.home());
          });
    }
  }

  @Test
  void anExportThatWasKilledLeavesNothingOrAllOfIt() throws IOException {
    try (LabWorkspace lab = LabWorkspace.in(folder.resolve("lab"))) {
      Path right = folder.resolve("right");
      lab.station().run(export(lab, right)).well();
      Path outputs = Files.createDirectory(folder.resolve("outputs"));
      Path output = outputs.resolve("out");
      Path measured = outputs.resolve("measured");
      Kills kills =
          Kills.of("export-bundle", 1, folder, () -> lab.station().worksFor(export(lab, measured)));
      Map<String, String> before = Trees.describe(lab.root());
      kills.strike(
          time -> lab.station().killedAfter(time, export(lab, output)),
          said -> {
            assertThat(Trees.describe(lab.root())).isEqualTo(before);
            if (!Files.exists(output)) return "output absent";
            Trees.assertSame(right, output);
            Leftovers.delete(output);
            return "output whole";
          },
          () -> {
            lab.station().run(export(lab, output)).well();
            Trees.assertSame(right, output);
            Leftovers.delete(output);
            Leftovers.assertNone(outputs);
            Leftovers.assertNone(lab.station().home());
          });
    }
  }

  @Test
  void aSwitchOfThePalletThatWasKilledLeavesTheOldOneOrTheNew() throws IOException {
    try (LabWorkspace lab = LabWorkspace.in(folder.resolve("lab"))) {
      Path release = folder.resolve("release");
      lab.station().run(export(lab, release)).well();
      Path home = folder.resolve("pi");
      Path measured = folder.resolve("measured");
      Object[] back = switching(release, home);
      Fieldlift device = Fieldlift.at(folder.resolve("device"));
      lab.trust(device);
      device.run(back).well();
      Map<String, String> right = restored(home);
      Leftovers.delete(home);
      Kills kills =
          Kills.of("plt switch", 1, folder, () -> device.worksFor(switching(release, measured)));
      kills.strike(
          time -> device.killedAfter(time, back),
          said -> {
            Path pallet = home.resolve(".local/share/forklift/pallet");
            boolean isThere = Files.exists(pallet);
            if (isThere) git(pallet, "status", "--porcelain");
            Path mirrors = home.resolve(".cache/forklift/mirrors/git.example.org/lab");
            for (String name : List.of("microscope", "base", "pkgs")) {
              if (Files.exists(mirrors.resolve(name))) git(mirrors.resolve(name), "fsck");
            }
            return isThere ? "pallet whole" : "no pallet";
          },
          () -> {
            device.run(back).well();
            assertThat(restored(home)).isEqualTo(right);
            Leftovers.assertNone(home);
            Leftovers.delete(home);
          });
    }
  }

  private static Object[] export(LabWorkspace lab, Path output) {
    List<Object> words = new ArrayList<>(List.of("stage", "export-bundle", "next", output));
    words.addAll(List.of("--workspace", lab.root(), "--platform", LabWorkspace.PLATFORM));
    words.addAll(List.of("--key", lab.key()));
    words.addAll(lab.mirrors());
    return words.toArray();
  }

  private static Object[] switching(Path release, Path home) {
    return new Object[] {
      "plt",
      "switch",
      "--from-bundle",
      release,
      "--workspace",
      home,
      "--platform",
      LabWorkspace.PLATFORM
    };
  }

  /// Everything but what git writes anew each time.
  private static Map<String, String> restored(Path home) throws IOException {
    Map<String, String> all = Trees.describe(home);
    all.keySet().removeIf(path -> path.endsWith(".git/index"));
    return all;
  }

  /// Every blob is what its name says, and an image that is listed has all of its blobs.
  private static String imagesOf(Fieldlift station) throws IOException {
    Path blobs = station.home().resolve("images/blobs/sha256");
    if (!Files.isDirectory(blobs)) return "no cache yet";
    try (var all = Files.newDirectoryStream(blobs, "[0-9a-f]*[0-9a-f]")) {
      for (Path blob : all) {
        assertThat(Digests.of(blob)).isEqualTo(blob.getFileName().toString());
      }
    }
    Program.Said listed = station.run("image", "list").well();
    return listed.out().lines().filter(line -> line.contains("/lab/app")).count() + " of 4 images";
  }

  private static void git(Path repository, String... words) {
    List<Object> command =
        new ArrayList<>(List.of("git", "-c", "safe.directory=*", "-C", repository));
    command.addAll(List.of(words));
    Program.run(command.toArray()).well();
  }
}
