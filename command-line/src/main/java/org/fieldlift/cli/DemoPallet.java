package org.fieldlift.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// A staged bundle to try things with: a small pallet as Forklift stages it, and some 100 MB of
/// data that does not compress, the same bytes every time.
final class DemoPallet {
  static final String PRODUCT = "example.org/demo/microscope";
  static final String VERSION = "v1.2.0";
  static final long SEQUENCE = 20260512083000L;
  static final String PLATFORM = "linux/arm64";

  private static final int MODELS = 6;
  private static final int MODEL_SIZE = 16 << 20;
  private static final int BLOCK = 1 << 20;

  private DemoPallet() {}

  /// Makes the bundle in this folder, which must not exist.
  static void make(Path folder) throws IOException {
    text(
        folder,
        "forklift-bundle.yml",
        """
        forklift-version: v0.8.0-alpha.6
        pallet:
          path: %s
          version: %s
          clean: true
          description: A microscope to try Fieldlift with
        deploys:
          apps/viewer:
            package: /packages/viewer
          host/models:
            package: /packages/models
        exports:
          host/models:
            file:
              - overlays/usr/share/models
        """
            .formatted(PRODUCT, VERSION));
    text(
        folder,
        "packages/forklift-repository.yml",
        """
        forklift-version: v0.8.0-alpha.6
        repository:
            path: ""
            description: ""
            readme-file: ""
        """);
    text(
        folder,
        "packages/packages/viewer/forklift-package.yml",
        "package:\n  description: Viewer\n");
    text(
        folder,
        "packages/packages/viewer/compose.yml",
        "services:\n  viewer:\n    image: example.org/demo/viewer:1.2\n");
    text(
        folder,
        "packages/packages/models/forklift-package.yml",
        "package:\n  description: Models\n");
    text(folder, "pallet/forklift-pallet.yml", "pallet:\n  path: " + PRODUCT + "\n");
    for (int i = 1; i <= 200; i++) {
      text(
          folder,
          "exports/overlays/etc/scope/profile-%03d.yml".formatted(i),
          "# objective %d\nmagnification: %d\nexposure-ms: %d\n".repeat(20).formatted(numbers(i)));
    }
    Files.createDirectories(folder.resolve("exports/overlays/etc/scope/empty"));
    Files.createSymbolicLink(
        folder.resolve("exports/overlays/etc/scope/current.yml"), Path.of("profile-001.yml"));
    for (int i = 1; i <= MODELS; i++) {
      noise(folder.resolve("exports/overlays/usr/share/models/model-%d.bin".formatted(i)), i);
    }
  }

  private static Object[] numbers(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.ints(60, 1, 1000).boxed().toArray();
  }

  private static void text(Path folder, String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }

  private static void noise(Path file, int seed) throws IOException {
    Files.createDirectories(file.getParent());
    SplittableRandom random = new SplittableRandom(seed);
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int written = 0; written < MODEL_SIZE; written += BLOCK) {
        random.nextBytes(block);
        out.write(block);
      }
    }
  }
}
