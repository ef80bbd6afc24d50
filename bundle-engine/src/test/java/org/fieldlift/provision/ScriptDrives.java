package org.fieldlift.provision;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Folders laid out as drives of one set, with a small release in three pieces: one whole part and
/// one part in two slices.
final class ScriptDrives {
  private final Path folder;
  private final Path tree;
  final List<Path> drives = new ArrayList<>();
  final List<Path> pieces = new ArrayList<>();
  byte[] releaseJson = new byte[0];

  /// @param count of drives; the pieces go to them in turn
  ScriptDrives(Path folder, int count) throws Exception {
    this(folder, count, "v2026.1.0");
  }

  ScriptDrives(Path folder, int count, String version) throws Exception {
    this.folder = folder;
    this.tree = Files.createDirectories(folder.resolve("a tree"));
    makeTree();
    for (int number = 1; number <= count; number++) drives.add(makeDrive(number, count));
    writeRelease(version);
  }

  Path tree() {
    return tree;
  }

  Path releaseFolder() {
    return drives.getFirst().resolve("FIELDLIFT/releases/" + Digest.of(releaseJson).hex());
  }

  private void makeTree() throws IOException {
    Files.createDirectories(tree.resolve("packages/empty folder"));
    Files.writeString(tree.resolve("forklift-bundle.yml"), "forklift-version: v0.8.0-alpha.6\n");
    Files.write(tree.resolve("packages/big file é {x}.bin"), new byte[700_000]);
    Files.writeString(tree.resolve("packages/back\\slash"), "odd");
    Files.writeString(tree.resolve("packages/a \"quoted\\\" name"), "odder");
    Files.createSymbolicLink(tree.resolve("packages/odd \"link\\"), Path.of("to\\ \"odd\" {"));
    Files.copy(tree.resolve("forklift-bundle.yml"), tree.resolve("packages/twin"));
    Path program = Files.writeString(tree.resolve("packages/program"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x---"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("../../nowhere"));
  }

  private Path makeDrive(int number, int count) throws IOException {
    Path drive = Files.createDirectories(folder.resolve("drive " + number));
    Files.createDirectories(drive.resolve("FIELDLIFT/pieces"));
    try (var script = ScriptDrives.class.getResourceAsStream("import.sh")) {
      Files.copy(Objects.requireNonNull(script), drive.resolve("import.sh"));
    }
    ObjectNode json =
        Json.object()
            .put("schema", "fieldlift.drive/1")
            .put("code", "FL-00000" + number)
            .put("set", "a set")
            .put("number", number)
            .put("of", count);
    ArrayNode codes = json.putArray("codes");
    for (int other = 1; other <= count; other++) codes.add("FL-00000" + other);
    json.put("station", "Lab laptop 2");
    Files.write(drive.resolve("FIELDLIFT/drive.json"), Json.write(json));
    return drive;
  }

  private void writeRelease(String version) throws Exception {
    ObjectNode json =
        Json.object()
            .put("schema", "fieldlift.release/1")
            .put("kind", "forklift-bundle")
            .put("product", "git.example.org/lab/microscope")
            .put("version", version)
            .put("clean", true)
            .put("sequence", 1)
            .put("platform", "linux/arm64");
    StringBuilder contents = new StringBuilder();
    ArrayNode entries = json.putArray("entries");
    for (String path : paths()) {
      Path file = tree.resolve(path);
      ObjectNode entry = entries.addObject().put("path", path);
      if (Files.isSymbolicLink(file)) {
        entry.put("type", "symlink").put("mode", "0777");
        entry.put("target", Files.readSymbolicLink(file).toString());
      } else if (Files.isDirectory(file)) {
        entry.put("type", "directory").put("mode", mode(file));
      } else {
        String sum = Digest.of(file).hex();
        entry.put("type", "file").put("mode", mode(file));
        entry.put("size", Files.size(file)).put("sha256", sum);
        String escaped = path.replace("\\", "\\\\");
        if (!escaped.equals(path)) contents.append('\\');
        contents.append(sum).append("  ").append(escaped).append('\n');
      }
    }
    json.putArray("images");
    releaseJson = Json.write(json);
    Path release = Files.createDirectories(releaseFolder());
    Files.write(release.resolve("release.json"), releaseJson);
    Files.writeString(release.resolve("CONTENTS.sha256"), contents);
    Files.writeString(release.resolve("SHA256SUMS"), writePieces());
  }

  private List<String> paths() throws IOException {
    try (var all = Files.walk(tree)) {
      return all.filter(file -> !file.equals(tree))
          .map(file -> tree.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return "%04o".formatted((int) Files.getAttribute(file, "unix:mode") & 07777);
  }

  private String writePieces() throws Exception {
    byte[] tar = run("tar", "cf", "-", "--format=posix", "-C", tree.toString(), ".");
    int cut = tar.length / 2 / 512 * 512;
    byte[] first = gzip(Arrays.copyOfRange(tar, 0, cut));
    byte[] second = gzip(Arrays.copyOfRange(tar, cut, tar.length));
    return piece(first, first, 0)
        + piece(second, Arrays.copyOfRange(second, 0, 100), 0)
        + piece(second, Arrays.copyOfRange(second, 100, second.length), 1);
  }

  private String piece(byte[] part, byte[] slice, int number) throws IOException {
    String name = "%s.%03d".formatted(Digest.of(part).hex(), number);
    Path drive = drives.get(pieces.size() % drives.size());
    pieces.add(Files.write(drive.resolve("FIELDLIFT/pieces/" + name), slice));
    return Digest.of(slice).hex() + "  ../../pieces/" + name + "\n";
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    byte[] output = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IOException(new String(process.getErrorStream().readAllBytes(), UTF_8));
    }
    return output;
  }
}
