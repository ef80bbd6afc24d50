package org.fieldlift.forklift.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.FolderFiles;

/// A clone seen without its settings: its commits, refs and list of files, but a `config` of ours.
///
/// Stops a foreign clone from running programs: `git status` runs whatever `config` names as a
/// filter or a monitor. The view is a repository of its own in a temporary folder that borrows the
/// clone's objects.
public record GitView(Path folder, Path pallet) implements Closeable {
  private static final List<String> TAKEN =
      List.of("HEAD", "packed-refs", "shallow", "index", "info/exclude");
  private static final String SUBMODULE = "160000 ";
  private static final byte[] CONFIG =
      """
      [core]
      \trepositoryformatversion = 0
      \tfilemode = true
      \tbare = false
      \tautocrlf = false
      """
          .getBytes(US_ASCII);

  /// @param pallet a folder with a `.git` folder in it
  public static GitView of(Path pallet) throws IOException {
    GitView view = new GitView(ScratchFolder.make(), pallet);
    boolean complete = false;
    try {
      view.take();
      complete = true;
      return view;
    } finally {
      if (!complete) view.close();
    }
  }

  /// Git, looking at the clone's files.
  public Git git() {
    return Git.in(folder)
        .over(pallet)
        .variable("GIT_OBJECT_DIRECTORY", original("objects").toAbsolutePath().toString());
  }

  /// Makes the clone's list of files say what is really on this disk (times, inodes), so that git
  /// need not read them all to see that none has changed.
  public void refreshIndex() throws IOException {
    git().agrees("update-index", "-q", "--refresh");
    AtomicFiles.write(original("index"), Files.readAllBytes(folder.resolve("index")));
  }

  private void take() throws IOException {
    Files.createDirectories(folder.resolve("objects"));
    Files.createDirectories(folder.resolve("refs"));
    Files.createDirectories(folder.resolve("info"));
    Files.write(folder.resolve("config"), CONFIG);
    for (String name : TAKEN) take(original(name), folder.resolve(name));
    try (var shared = Files.newDirectoryStream(original("."), "sharedindex.*")) {
      for (Path each : shared) take(each, folder.resolve(each.getFileName()));
    }
    tree(original("refs"), folder.resolve("refs"));
  }

  private static void tree(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) return;
    Files.createDirectories(to);
    try (var children = Files.newDirectoryStream(from)) {
      for (Path child : children) {
        Path place = to.resolve(child.getFileName());
        if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) tree(child, place);
        else take(child, place);
      }
    }
  }

  /// With its time: git compares the content of files that changed in the second in which the list
  /// of files was written.
  private static void take(Path from, Path to) throws IOException {
    if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) return;
    Files.copy(from, to);
    Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
  }

  private Path original(String name) {
    return pallet.resolve(".git").resolve(name);
  }

  /// What of the clone is a file or a folder of changes that `git status` would tell, a line each,
  /// and what it would not because somebody told it to pass over the file.
  ///
  /// Nothing is asked of submodules, whose settings are not seen through: [#submodules].
  public String changes() throws IOException {
    List<String> assumed = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (String line : split(git().answer("ls-files", "-v", "-z"))) {
      String path = line.substring(2);
      if (Character.isLowerCase(line.charAt(0))) assumed.add(path);
      if (Character.toUpperCase(line.charAt(0)) == 'S' && isThere(path)) skipped.add(path);
    }
    look("--no-assume-unchanged", assumed);
    look("--no-skip-worktree", skipped);
    return git()
        .answer("status", "--porcelain", "--untracked-files=all", "--ignore-submodules=all");
  }

  /// Paths at which the list of files has another repository and the disk has something.
  public List<String> submodules() throws IOException {
    List<String> there = new ArrayList<>();
    for (String line : split(list())) {
      String path = line.substring(line.indexOf('\t') + 1);
      if (line.startsWith(SUBMODULE) && isThere(path)) there.add(path);
    }
    return there;
  }

  /// The list of files: of each its mode, its content and its path.
  public String list() throws IOException {
    return git().answer("ls-files", "--stage", "-z");
  }

  private void look(String again, List<String> paths) throws IOException {
    if (paths.isEmpty()) return;
    String all = String.join("\0", paths) + "\0";
    git().answerTo(all, "update-index", again, "-z", "--stdin");
  }

  private static List<String> split(String answer) {
    return answer.isEmpty() ? List.of() : List.of(answer.split("\0"));
  }

  /// Whether something lies at a path of the list of files; an empty folder is nothing.
  private boolean isThere(String path) throws IOException {
    Path place;
    try {
      place = pallet.resolve(path);
    } catch (InvalidPathException cannotBeSpelledHere) {
      return true;
    }
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    }
    try (var children = Files.newDirectoryStream(place)) {
      return children.iterator().hasNext();
    }
  }

  /// The commit the clone is on; nothing where it has none.
  public Optional<String> head() throws IOException {
    return git().head();
  }

  @Override
  public void close() throws IOException {
    FolderFiles.delete(folder);
  }
}
