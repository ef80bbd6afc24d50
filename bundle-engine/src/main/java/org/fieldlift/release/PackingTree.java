package org.fieldlift.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.FolderFiles;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The folder whose content becomes the archive. For one opaque file that is a folder with nothing
/// but a hard link to it, made beside the output and removed afterwards.
///
/// @param isOurs whether the folder was made for this and goes away
record PackingTree(Path folder, boolean isOurs) implements AutoCloseable {

  static PackingTree of(Path input, Release.Kind kind, Path output) throws IOException {
    return switch (kind) {
      case FORKLIFT_BUNDLE -> {
        if (!Files.isDirectory(input)) throw wrong(input, "is not a folder");
        yield new PackingTree(input, false);
      }
      case FILE -> {
        if (!Files.isRegularFile(input)) throw wrong(input, "is not a file");
        yield around(input.toRealPath(), output.toAbsolutePath().normalize());
      }
    };
  }

  private static PackingTree around(Path file, Path output) throws IOException {
    PackingTree tree = new PackingTree(AtomicFiles.aside(output), true);
    boolean isMade = false;
    try {
      Files.createDirectory(tree.folder);
      bring(file, tree.folder.resolve(file.getFileName()));
      isMade = true;
      return tree;
    } catch (IOException e) {
      throw DiskTrouble.with(output, e);
    } finally {
      if (!isMade) tree.close();
    }
  }

  private static void bring(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (IOException | UnsupportedOperationException otherFileSystem) {
      Files.copy(file, name, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static Problem wrong(Path input, String what) {
    return Problem.usage(
        PlainText.of(input.toString()) + " " + what + ".",
        "Give the folder of a staged bundle, or one file.");
  }

  @Override
  public void close() throws IOException {
    if (isOurs) FolderFiles.delete(folder);
  }
}
