package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small staged bundle as Forklift v0.9.0-alpha.0 leaves it.
public final class BundleFixture {
  public static final String MANIFEST =
      """
      forklift-version: v0.8.0-alpha.6
      pallet:
        path: git.example.org/lab/microscope
        version: v2026.1.1-0.20260401000000-4f1ceb2a340d
        clean: true
        description: Microscope for field stations
      includes:
        pallets:
          git.example.org/lab/base:
            version-lock:
              type: version
              tag: v1.1.0
              timestamp: "20260203040506"
              commit: a7f1946f93915f130baf4925ea59c26815a44e7f
        repositories:
          git.example.org/lab/pkgs:
            version-lock:
              type: pseudoversion
              timestamp: "20260210101010"
              commit: 0cbf52b1f36d4600d66c926d1607a82971058a9c
      deploys:
        apps/viewer:
          package: git.example.org/lab/pkgs/viewer
          features:
            - large-data
        net/hosts:
          package: /packages/net/hosts
      downloads:
        apps/viewer:
          oci-image:
            - registry.example.org/lab/viewer:1.0
      exports:
        net/hosts:
          file:
            - overlays/etc/hosts.d/10-lab
      """;

  private BundleFixture() {}

  public static Path write(Path bundle) throws IOException {
    file(bundle, "forklift-bundle.yml", MANIFEST);
    file(bundle, "packages/forklift-repository.yml", "");
    file(bundle, "packages/git.example.org/lab/pkgs/viewer/forklift-package.yml", "package: {}\n");
    file(bundle, "packages/packages/net/hosts/forklift-package.yml", "package: {}\n");
    return bundle;
  }

  public static void file(Path bundle, String path, String text) throws IOException {
    Path file = bundle.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
