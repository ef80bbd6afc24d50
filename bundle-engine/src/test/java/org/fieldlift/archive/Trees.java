package org.fieldlift.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fieldlift.io.Digest;

/// Real trees on disk, made and looked at without the code under test.
final class Trees {
  private Trees() {}

  static Path file(Path tree, String path, int mode, byte[] bytes) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    Files.setAttribute(file, "unix:mode", mode);
    return file;
  }

  static Path file(Path tree, String path, String text) throws IOException {
    return file(tree, path, 0644, text.getBytes(UTF_8));
  }

  static Path folder(Path tree, String path, int mode) throws IOException {
    Path folder = Files.createDirectories(tree.resolve(path));
    Files.setAttribute(folder, "unix:mode", mode);
    return folder;
  }

  static void link(Path tree, String path, String target) throws IOException {
    Files.createDirectories(tree.resolve(path).getParent());
    Files.createSymbolicLink(tree.resolve(path), Path.of(target));
  }

  static byte[] noise(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /// What a Forklift stage looks like: private packs, read-only objects, empty folders, long paths,
  /// names beyond Latin-1, links to nowhere.
  static Path stage(Path tree) throws IOException {
    String git = "pallet/.git/";
    file(tree, "forklift-bundle.yml", "forklift-version: v0.8.0\n".repeat(500));
    file(tree, git + "objects/pack/pack-1.pack", 0600, noise(20_000, 1));
    file(tree, git + "objects/ab/cdef", 0444, "x\u0001content".getBytes(UTF_8));
    folder(tree, git + "refs/tags", 0755);
    folder(tree, git + "branches", 0700);
    file(tree, "packages/data/Größe µm – ∞ 🔬.txt", "measured");
    file(tree, "packages/" + "deeper/".repeat(40) + "leaf.txt", "far down");
    file(tree, "packages/bin/run", 04755, "#!/bin/sh\n".getBytes(UTF_8));
    file(tree, "packages/empty", "");
    link(tree, "packages/link", "bin/run");
    link(tree, "packages/dangling", "../../../usr/lib/nowhere");
    link(tree, "packages/absolute", "/etc/" + "long/".repeat(30) + "µ");
    folder(tree, "exports", 02775);
    return tree;
  }

  /// Everything about a tree that an archive must keep, path by path.
  static SortedMap<String, String> look(Path tree) throws IOException {
    SortedMap<String, String> seen = new TreeMap<>();
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (!folder.equals(tree)) seen.put(tree.relativize(folder).toString(), mode(folder));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String content =
                attributes.isSymbolicLink()
                    ? Files.readSymbolicLink(file).toString()
                    : Digest.of(file).hex();
            seen.put(tree.relativize(file).toString(), mode(file) + " " + content);
            return FileVisitResult.CONTINUE;
          }
        });
    return seen;
  }

  private static String mode(Path path) throws IOException {
    return Integer.toOctalString(
        (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS));
  }
}
