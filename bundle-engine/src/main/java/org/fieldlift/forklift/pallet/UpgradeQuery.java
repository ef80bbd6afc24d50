package org.fieldlift.forklift.pallet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.fieldlift.forklift.Owner;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.YamlText;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Problem;

/// `pallet-upgrades.yml`: what `forklift plt upgrade` goes by.
///
/// @param path of the pallet
/// @param query a branch, a tag or a commit
record UpgradeQuery(String path, String query) {
  private static final String SWAP = "pallet-upgrades-swap.yml";

  /// Writes it by Forklift's protocol: whoever makes the swap file may rename it onto the real one.
  ///
  /// @throws Problem when the swap file is there
  void write(Workspace workspace) throws IOException {
    requireNoSwapFile(workspace);
    Path file = workspace.upgradeQuery();
    Path folder = Owner.makeFolderOf(workspace.root(), file);
    Path prepared = AtomicFiles.aside(file);
    try {
      AtomicFiles.write(prepared, yaml());
      Owner.allow(prepared, "rw-r--r--");
      Owner.give(prepared, workspace.root());
      swap(prepared, file);
    } finally {
      Files.deleteIfExists(prepared);
    }
    AtomicFiles.syncFolder(folder);
  }

  private static void swap(Path prepared, Path file) throws IOException {
    Path swap = file.resolveSibling(SWAP);
    try {
      Files.createLink(swap, prepared);
    } catch (FileAlreadyExistsException e) {
      throw swapFileExists(swap);
    }
    boolean committed = false;
    try {
      Files.move(swap, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      committed = true;
    } finally {
      if (!committed) Files.deleteIfExists(swap);
    }
  }

  /// Refuses while Forklift changes the file, or left its swap file in a crash. One that a run of
  /// ours left when it died between link and rename is removed: it is still one file with what that
  /// run prepared. The caller holds the claim, so that no run of ours is alive.
  ///
  /// @throws Problem for a swap file that is not ours; it is never deleted
  static void requireNoSwapFile(Workspace workspace) throws IOException {
    Path file = workspace.upgradeQuery();
    Path swap = file.resolveSibling(SWAP);
    if (!Files.exists(swap, LinkOption.NOFOLLOW_LINKS)) return;
    if (!isTorn(swap, file)) throw swapFileExists(swap);
    Files.delete(swap);
  }

  private static boolean isTorn(Path swap, Path file) throws IOException {
    if (!Files.isRegularFile(swap, LinkOption.NOFOLLOW_LINKS)) return false;
    String ours = file.getFileName() + ".*" + AtomicFiles.ASIDE;
    try (var all = Files.newDirectoryStream(file.resolveSibling(""), ours)) {
      for (Path prepared : all) if (Files.isSameFile(prepared, swap)) return true;
    }
    return false;
  }

  private byte[] yaml() {
    String text = "path: %s\nversion-query: %s\n";
    return text.formatted(YamlText.of(path), YamlText.of(query)).getBytes(UTF_8);
  }

  private static Problem swapFileExists(Path swap) {
    return Problem.failed(
        "Forklift is changing its settings, or was interrupted while it did: " + swap + " exists.",
        "Try again; if the file stays, delete it.");
  }
}
