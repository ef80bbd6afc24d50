package org.fieldlift.forklift.git;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// Which files of a clone git tracks. Where that cannot be told, they count as tracked.
public final class TrackedFiles implements Closeable {
  private static final String GIT = ".git";

  private final Path clone;
  private @Nullable GitView view;

  private TrackedFiles(Path clone) {
    this.clone = clone;
  }

  /// Nothing where the folder is no clone's.
  public static Optional<TrackedFiles> of(Path folder) {
    boolean isClone = Files.exists(folder.resolve(GIT), LinkOption.NOFOLLOW_LINKS);
    return isClone ? Optional.of(new TrackedFiles(folder)) : Optional.empty();
  }

  /// @param file in the clone
  public boolean has(Path file) throws IOException {
    // A submodule's repository lies elsewhere.
    if (!Files.isDirectory(clone.resolve(GIT), LinkOption.NOFOLLOW_LINKS)) return true;
    if (view == null) view = GitView.of(clone);
    String path = clone.relativize(file).toString();
    try {
      Git git = view.git().variable("GIT_LITERAL_PATHSPECS", "1");
      return !git.answer("ls-files", "-z", "--", path).isEmpty();
    } catch (Problem noRepository) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    if (view != null) view.close();
  }
}
