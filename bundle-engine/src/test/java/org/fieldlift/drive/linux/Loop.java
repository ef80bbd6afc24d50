package org.fieldlift.drive.linux;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// A real block device over a file, for as long as a test runs.
record Loop(Path node) implements AutoCloseable {
  static Loop over(Path file, String... options) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isWritable(Path.of("/dev/loop-control")) && has("losetup"),
        "needs root and losetup (util-linux) for real block devices");
    List<String> words = new ArrayList<>(List.of("losetup", "-f", "--show", "--direct-io=on"));
    words.addAll(List.of(options));
    words.add(file.toString());
    return new Loop(Path.of(said(words).strip()));
  }

  static Path file(Path folder, long size) throws IOException {
    Path file = folder.resolve("disk.img");
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(size);
    }
    return file;
  }

  static boolean has(String program) {
    return List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin").stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  static String said(List<String> words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = process.inputReader().lines().collect(java.util.stream.Collectors.joining("\n"));
    if (process.waitFor() != 0) throw new IOException(words + ": " + said);
    return said;
  }

  @Override
  public void close() throws IOException {
    try {
      said(List.of("losetup", "-d", node.toString()));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
