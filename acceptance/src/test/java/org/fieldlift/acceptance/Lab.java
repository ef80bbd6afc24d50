package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/// A small lab: a station that trusts its own key, and a staged bundle to make releases of.
///
/// @param folder where everything lies
record Lab(Path folder) {
  static final String PRODUCT = "example.org/lab/scope";

  /// The sizes of which a lab was made in this run, for all tests to copy.
  private static final Set<Integer> MADE = new HashSet<>();

  private static final int LARGE_FILE = 5 << 20;
  private static final String MANIFEST =
      """
      forklift-version: v0.8.0-alpha.6
      pallet:
        path: %s
        version: v0.0.0-20260512083000-0123456789ab
        clean: true
        description: A microscope
      deploys:
        host/models:
          package: /packages/models
      exports:
        host/models:
          file:
            - models
      """;

  /// @param large how many files of 5 MiB the bundle has beside many small ones
  static Lab in(Path folder, int large) throws IOException {
    Path made = Program.workplace().resolve("lab-" + large);
    synchronized (MADE) {
      if (MADE.add(large)) make(made, large);
    }
    Program.run("cp", "-a", made + "/.", folder).well();
    return new Lab(folder);
  }

  private static void make(Path folder, int large) throws IOException {
    Leftovers.delete(folder);
    Lab lab = new Lab(folder);
    lab.makeBundle(large);
    lab.station().run("trust", "new-key", folder.resolve("lab")).well();
    lab.trust(lab.station());
  }

  Fieldlift station() {
    return Fieldlift.at(folder.resolve("station"));
  }

  Path bundle() {
    return folder.resolve("bundle");
  }

  /// Makes this station believe the lab's key.
  void trust(Fieldlift station) {
    station.run("trust", "add", "lab", "--product", "*", "--key", folder.resolve("lab.pub")).well();
  }

  /// The arguments that pack the bundle; the same bytes every time.
  Object[] packing(Path output) {
    return new Object[] {
      "release",
      "pack",
      bundle(),
      output,
      "--platform",
      "linux/arm64",
      "--key",
      folder.resolve("lab.key")
    };
  }

  Path packed(String name) {
    Path output = folder.resolve(name);
    station().run(packing(output)).well();
    return output;
  }

  /// The arguments that import a release at a device.
  static Object[] importing(Path release, Path stages) {
    return new Object[] {
      "stage",
      "import-bundle",
      release,
      "--stage-store",
      stages,
      "--platform",
      "linux/arm64",
      "--set-next"
    };
  }

  void makeBundle(int large) throws IOException {
    write("forklift-bundle.yml", MANIFEST.formatted(PRODUCT).getBytes());
    write("packages/forklift-repository.yml", "repository:\n    path: \"\"\n".getBytes());
    write(
        "packages/packages/models/forklift-package.yml",
        "package:\n    description: Models\n".getBytes());
    for (int i = 1; i <= 300; i++) {
      write("exports/profiles/profile-%03d.yml".formatted(i), ("gain: " + i + "\n").getBytes());
    }
    Files.createDirectories(bundle().resolve("exports/empty"));
    Files.createSymbolicLink(
        bundle().resolve("exports/profiles/current.yml"), Path.of("profile-001.yml"));
    for (int i = 1; i <= large; i++) {
      byte[] noise = new byte[LARGE_FILE];
      new SplittableRandom(i).nextBytes(noise);
      write("exports/models/model-%d.bin".formatted(i), noise);
    }
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = bundle().resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
