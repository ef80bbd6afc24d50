package org.fieldlift.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A folder of this machine as a [FileTree]. Links are not followed and not listed: a foreign drive
/// must not lead the reader to files elsewhere.
public record DirectoryTree(Path root) implements FileTree {

  @Override
  public String name() {
    return root.toString();
  }

  @Override
  public List<Child> list(String folder) throws IOException {
    Path directory = inside(folder);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return List.of();
    List<Child> children = new ArrayList<>();
    try (var names = Files.newDirectoryStream(directory)) {
      for (Path child : names) {
        boolean isFolder = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
        if (!isFolder && !Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) continue;
        children.add(
            new Child(child.getFileName().toString(), isFolder, isFolder ? 0 : Files.size(child)));
      }
    }
    children.sort(Comparator.comparing(Child::name));
    return children;
  }

  @Override
  public Optional<Content> file(String path) throws IOException {
    Path file = inside(path);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
    return Optional.of(Content.of(file, Files.size(file)));
  }

  private Path inside(String path) throws IOException {
    Path resolved = root;
    if (path.isEmpty()) return resolved;
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw Problem.failed(
            "The path " + PlainText.of(path) + " leads out of " + root + ".",
            "Use a drive or folder that Fieldlift wrote.");
      }
      if (Files.isSymbolicLink(resolved) && !resolved.equals(root)) return missing();
      resolved = resolved.resolve(name);
    }
    return resolved;
  }

  private Path missing() {
    return root.resolve("\u0001missing");
  }
}
