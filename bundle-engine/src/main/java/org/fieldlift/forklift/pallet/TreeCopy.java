package org.fieldlift.forklift.pallet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.fieldlift.forklift.git.DotGit;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.DiskOutput;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// Copies files, folders and links from a bundle to a workspace, durably: permissions kept, links
/// verbatim and never followed, empty folders too. Whatever git would take for a repository inside
/// of what is copied stays behind, with all that is in it.
///
/// @param target what a person knows the target by, should its disk be full
/// @param progress advanced by the bytes copied
/// @param staysBehind asked of everything below the place that is copied
record TreeCopy(
    Path target, Progress progress, Cancellation cancellation, Predicate<Path> staysBehind) {
  private static final int PERMISSIONS = 0777;
  private static final int BUFFER = 1 << 16;

  TreeCopy(Path target, Progress progress, Cancellation cancellation) {
    this(target, progress, cancellation, DotGit::isOne);
  }

  /// The same, with more that stays behind.
  TreeCopy without(Predicate<Path> more) {
    return new TreeCopy(target, progress, cancellation, staysBehind.or(more));
  }

  /// Copies whatever is at a place to another, where nothing may be yet.
  void copy(Path from, Path to) throws IOException {
    cancellation.check();
    if (Files.isSymbolicLink(from)) {
      Files.createSymbolicLink(to, Files.readSymbolicLink(from));
    } else if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(to);
      for (String name : copied(from)) copy(from.resolve(name), to.resolve(name));
      Files.setAttribute(to, "unix:mode", mode(from));
      AtomicFiles.syncFolder(to);
    } else if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
      file(from, to);
      Files.setAttribute(to, "unix:mode", mode(from));
    } else {
      throw Problem.notGenuine(
          PlainText.of(from.toString()) + " is neither a file nor a folder nor a link.",
          "Do not use this bundle; ask where it came from.");
    }
  }

  /// Copies a file's bytes.
  ///
  /// @return their digest
  Digest file(Path from, Path to) throws IOException {
    Digest.Hasher hasher = new Digest.Hasher();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(from, LinkOption.NOFOLLOW_LINKS);
        FileChannel channel =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      DiskOutput out = new DiskOutput(target, channel);
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        cancellation.check();
        hasher.update(buffer, 0, count);
        out.write(buffer, 0, count);
        progress.advance(count);
      }
      channel.force(true);
    }
    return hasher.digest();
  }

  /// True when a place is what [#copy] would make of it: names, kinds, bytes, links, and who may
  /// run a file.
  boolean isSame(Path from, Path to) throws IOException {
    cancellation.check();
    if (Files.isSymbolicLink(from) || Files.isSymbolicLink(to)) {
      return Files.isSymbolicLink(from)
          && Files.isSymbolicLink(to)
          && Files.readSymbolicLink(from).equals(Files.readSymbolicLink(to));
    }
    if (Files.isDirectory(from) && Files.isDirectory(to)) return isSameBut("", from, to);
    return Files.isRegularFile(from)
        && Files.isRegularFile(to)
        && (mode(from) & 0100) == (mode(to) & 0100)
        && Files.mismatch(from, to) < 0;
  }

  /// The same for two folders, but for one name that the second may have directly in it.
  boolean isSameBut(String name, Path from, Path to) throws IOException {
    Set<String> names = copied(from);
    Set<String> there = names(to);
    there.remove(name);
    if (!names.equals(there)) return false;
    for (String each : names) {
      if (!isSame(from.resolve(each), to.resolve(each))) return false;
    }
    return true;
  }

  private Set<String> copied(Path folder) throws IOException {
    Set<String> names = names(folder);
    names.removeIf(name -> staysBehind.test(folder.resolve(name)));
    return names;
  }

  private static Set<String> names(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    try (var children = Files.newDirectoryStream(folder)) {
      for (Path child : children) names.add(child.getFileName().toString());
    }
    return names;
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & PERMISSIONS;
  }
}
