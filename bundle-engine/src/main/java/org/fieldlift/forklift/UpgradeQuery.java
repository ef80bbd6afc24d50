package org.fieldlift.forklift;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
  /// @throws Problem when the swap file is there; it is never deleted here
  void write(Workspace workspace) throws IOException {
    Path file = workspace.upgradeQuery();
    Path swap = file.resolveSibling(SWAP);
    Path folder = Owner.makeFolderOf(workspace.root(), file);
    Path prepared = AtomicFiles.aside(file);
    try {
      AtomicFiles.write(prepared, yaml());
      Owner.allow(prepared, "rw-r--r--");
      Owner.give(prepared, workspace.root());
      Files.createLink(swap, prepared);
      Files.move(swap, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileAlreadyExistsException e) {
      throw swapFileExists(swap);
    } finally {
      Files.deleteIfExists(prepared);
    }
    AtomicFiles.syncFolder(folder);
  }

  /// Refuses before anything else is changed.
  static void requireNoSwapFile(Workspace workspace) throws Problem {
    Path swap = workspace.upgradeQuery().resolveSibling(SWAP);
    if (Files.exists(swap, LinkOption.NOFOLLOW_LINKS)) throw swapFileExists(swap);
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
