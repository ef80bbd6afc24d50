package org.fieldlift.forklift;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Yaml;

/// Changes `forklift-stage-store.yml` by Forklift's protocol: whoever wants to write makes the swap
/// file, which must not exist, and renames it onto the manifest.
///
/// A swap file left by a crash blocks every later change on the device until a person deletes it.
/// So ours is written and synced under another name first and is the swap file only for the moment
/// between a link and a rename. One that is not ours is never deleted.
record StageCommit(Path store) {
  private static final String PREPARED = Leftovers.PREFIX + "state-";
  private static final String SWAP = "forklift-stage-store-swap.yml";

  StageManifest read() throws IOException {
    byte[] bytes = bytes();
    return bytes.length == 0 && !Files.exists(manifest())
        ? StageManifest.NEW
        : StageManifest.parse(bytes);
  }

  /// Refuses while somebody else changes the store, or left the swap file behind. One of ours is
  /// removed by the next import.
  void requireNoSwapFile() throws IOException {
    if (Files.exists(swap(), LinkOption.NOFOLLOW_LINKS) && !isTorn()) throw swapFileExists();
  }

  /// Removes a swap file that an import of ours left when it died between link and rename: it is
  /// still one file with the state which that import prepared. The caller holds the claim, so that
  /// no import of ours is alive.
  void removeTornSwap() throws IOException {
    if (isTorn()) Files.delete(swap());
  }

  private boolean isTorn() throws IOException {
    if (!Files.isRegularFile(swap(), LinkOption.NOFOLLOW_LINKS)) return false;
    try (var all = Files.newDirectoryStream(store, PREPARED + "*")) {
      for (Path prepared : all) if (Files.isSameFile(prepared, swap())) return true;
    }
    return false;
  }

  void change(UnaryOperator<StageManifest> change) throws IOException {
    Path prepared = store.resolve(PREPARED + ProcessHandle.current().pid());
    try {
      while (!changeFrom(bytes(), change, prepared)) requireNoSwapFile();
    } finally {
      Files.deleteIfExists(prepared);
    }
    AtomicFiles.syncFolder(store);
  }

  /// @return false when Forklift changed the manifest in between, so nothing was written
  private boolean changeFrom(byte[] old, UnaryOperator<StageManifest> change, Path prepared)
      throws IOException {
    AtomicFiles.write(prepared, change.apply(read()).toYaml());
    Owner.allow(prepared, "rw-r--r--");
    Owner.give(prepared, store);
    try {
      Files.createLink(swap(), prepared);
    } catch (FileAlreadyExistsException e) {
      throw swapFileExists();
    }
    boolean committed = false;
    try {
      if (Arrays.equals(old, bytes())) {
        Files.move(
            swap(),
            manifest(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        committed = true;
      }
    } finally {
      if (!committed) Files.deleteIfExists(swap());
    }
    return committed;
  }

  private byte[] bytes() throws IOException {
    if (!Files.exists(manifest())) return new byte[0];
    try (var in = Files.newInputStream(manifest())) {
      return Limits.readAtMost(in, Yaml.LARGEST, StageManifest.FILE);
    }
  }

  private Problem swapFileExists() {
    return Problem.failed(
        "Forklift is changing its stage store, or was interrupted while it did: "
            + swap()
            + " exists.",
        "Try again; if the file stays, delete it and check with: forklift stage show.");
  }

  private Path manifest() {
    return store.resolve(StageManifest.FILE);
  }

  private Path swap() {
    return store.resolve(SWAP);
  }
}
