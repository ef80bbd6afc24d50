package org.fieldlift.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.fieldlift.io.Digest;

/// Small staged bundles with everything odd that real ones have, and what a tree looks like.
final class Trees {
  static final String PRODUCT = "git.example.org/lab/microscope";
  static final String VERSION = "v2026.1.1-0.20260401000000-4f1ceb2a340d";

  private Trees() {}

  static Path bundle(Path tree) throws IOException {
    return bundle(
        tree,
        manifest(
            """
            exports:
              net/hosts:
                compose-app:
                  name: hosts
                  created-bind-mounts:
                    - packages/packages/net/hosts/data/
                    - packages/packages/net/hosts/state/log
                  required-bind-mounts:
                    - /srv/hosts
            """));
  }

  /// The manifest of one app.
  ///
  /// @param more lines behind
  static String manifest(String more) {
    String first =
        """
        forklift-version: v0.8.0-alpha.6
        pallet:
          path: %s
          version: %s
          clean: true
        deploys:
          net/hosts:
            package: /packages/net/hosts
        """;
    return first.formatted(PRODUCT, VERSION) + more;
  }

  static Path bundle(Path tree, String manifest) throws IOException {
    write(tree, "forklift-bundle.yml", manifest);
    write(tree, "packages/forklift-repository.yml", "");
    write(tree, "packages/packages/net/hosts/forklift-package.yml", "package: {}\n");
    write(tree, "exports/overlays/etc/Größe µ (1).conf", "odd name\n");
    byte[] large = new byte[5 << 20];
    new Random(7).nextBytes(large);
    Files.createDirectories(tree.resolve("caches/images/blobs"));
    Files.write(tree.resolve("caches/images/blobs/layer"), large);
    Files.createDirectories(tree.resolve("pallet/.git/refs/tags"));
    Files.createSymbolicLink(
        tree.resolve("exports/overlays/etc/dangling"), Path.of("../../../../usr/lib/nowhere"));
    Path program = write(tree, "exports/overlays/usr/bin/tool", "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x--x"));
    Path pack = write(tree, "pallet/.git/objects/pack/a.pack", "PACK");
    Files.setPosixFilePermissions(pack, PosixFilePermissions.fromString("r--------"));
    Files.setPosixFilePermissions(pack.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));
    return tree;
  }

  static Path write(Path tree, String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /// Path → type, mode and content of everything below a folder.
  static Map<String, String> look(Path root) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (var paths = Files.walk(root)) {
      for (Path path : paths.toList()) all.put(root.relativize(path).toString(), look1(path));
    }
    return all;
  }

  private static String look1(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) return "link to " + Files.readSymbolicLink(path);
    String mode =
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    return mode + (Files.isDirectory(path) ? " folder" : " " + Digest.of(path));
  }
}
