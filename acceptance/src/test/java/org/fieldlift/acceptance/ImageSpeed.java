package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.acceptance.LabImages.Pinned;

/// Exports a bundle whose images are here, then one that shares nine tenths with it; and copies an
/// image from a registry. All as a user does it, the start of Java included.
///
/// @param memory a folder in memory
record ImageSpeed(Path memory, int megabytes, int rounds) {

  void exporting() throws IOException {
    OfflineApps lab = new OfflineApps(memory.resolve("lab"));
    int tenth = megabytes / 10 << 20;
    String kept = lab.images().image("ghcr.io/lab/kept:1", Pinned.INDEX, "kept", 9 * tenth);
    lab.bundle("1", kept, lab.images().image("ghcr.io/lab/new:1", Pinned.INDEX, "one", tenth));
    lab.bundle("2", kept, lab.images().image("ghcr.io/lab/new:2", Pinned.INDEX, "two", tenth));
    lab.export("1", memory.resolve("earlier"), "--offline").well(); // makes the key, too
    List<Path> blobs = lab.images().largestBlobs(3);
    measured(
        "export %d MB of images".formatted(megabytes),
        1.3,
        () -> fresh(memory.resolve("first"), lab.exporting("1", memory.resolve("first"))),
        () -> hashed(blobs.get(0), blobs.get(1)));
    measured(
        "export it again, nine tenths reused",
        1.1,
        () ->
            fresh(
                memory.resolve("second"),
                lab.exporting(
                    "2",
                    memory.resolve("second"),
                    "--reuse",
                    memory.resolve("earlier").toString())),
        () -> hashed(blobs.get(1)));
  }

  void copying() throws IOException {
    LabImages images = new LabImages(memory.resolve("images"));
    images.image("registry.example.org/lab/large:1", Pinned.MANIFEST, "large", megabytes / 4 << 20);
    Path ours = memory.resolve("ours");
    Path theirs = memory.resolve("theirs");
    try (Registry registry = Registry.open(memory.resolve("registry"))) {
      registry.push(images.folder());
      String name = registry.address().substring("http://".length()) + "/lab/large:1";
      List<Object> copy = new ArrayList<>(List.of(Program.root().resolve("fieldlift")));
      copy.addAll(List.of("image", "cache", name, "--platform", LabImages.platform()));
      copy.addAll(List.of("--layout", ours, "--home", memory.resolve("station")));
      Object[] skopeo = {
        "skopeo", "copy", "--src-tls-verify=false", "docker://" + name, "oci:" + theirs + ":1"
      };
      measured(
          "copy an image of %d MB".formatted(megabytes / 4),
          "skopeo copy",
          1,
          () -> fresh(ours, copy.toArray()),
          () -> fresh(theirs, skopeo));
    }
  }

  @FunctionalInterface
  private interface Work {
    Clocked run() throws IOException;
  }

  private void measured(String work, double most, Work ours, Work theirs) throws IOException {
    measured(work, "reading and hashing the same with openssl", most, ours, theirs);
  }

  private void measured(String work, String against, double most, Work ours, Work theirs)
      throws IOException {
    double best = Double.MAX_VALUE;
    double other = Double.MAX_VALUE;
    for (int round = 0; round < rounds; round++) {
      best = Math.min(best, ours.run().seconds());
      other = Math.min(other, theirs.run().seconds());
    }
    Ratios.add(new Ratio(work, against, best, other, "s", most));
  }

  private static Clocked hashed(Path... files) {
    return Clocked.shell("openssl dgst -sha256 \"$@\" >/dev/null", (Object[]) files);
  }

  private static Clocked fresh(Path output, Object... command) {
    Program.run("rm", "-rf", output).well();
    List<Object> words = new ArrayList<>(List.of("env", "COSIGN_PASSWORD=secret"));
    words.addAll(List.of(command));
    return Clocked.run(words.toArray());
  }
}
