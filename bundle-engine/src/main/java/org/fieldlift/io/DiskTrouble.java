package org.fieldlift.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a system's refusal to read or write a file means to the person whose disk it is.
///
/// Java tells a full disk from a broken one only in the system's words (`strerror`), and often
/// without the file's name.
public final class DiskTrouble {
  private static final String AGAIN = "Then run the same command again.";

  private DiskTrouble() {}

  /// The problem with this file; a [Problem] stays as it is.
  public static Problem with(Path file, IOException cause) {
    if (cause instanceof Problem said) return said;
    Problem problem = Problem.failed(what(PlainText.of(file.toString()), file, cause), next(cause));
    problem.initCause(cause);
    return problem;
  }

  /// The problem with the file that the system named.
  public static Problem of(FileSystemException cause) {
    String named = cause.getFile();
    return with(Path.of(named == null ? "." : named), cause);
  }

  /// Whether there was no room, and nothing else amiss.
  public static boolean isFull(IOException cause) {
    return isFull(reason(cause));
  }

  private static String what(String name, Path file, IOException cause) {
    String reason = reason(cause);
    return switch (cause) {
      case NoSuchFileException missing
          when missingFolder(named(missing, file)) instanceof Path folder ->
          "There is no folder " + PlainText.of(folder.toString()) + " for " + name + ".";
      case NoSuchFileException missing when missing.getFile() == null || isAbout(missing, file) ->
          "There is no file " + name + ".";
      case NoSuchFileException missing ->
          "There is no " + PlainText.of(missing.getFile()) + ", needed for " + name + ".";
      case AccessDeniedException denied -> "This user may not use " + name + ".";
      case DirectoryNotEmptyException inTheWay -> name + " is a folder with something in it.";
      case FileAlreadyExistsException taken -> inTheWay(inTheWay(named(taken, file)), file);
      case NotDirectoryException taken -> inTheWay(inTheWay(named(taken, file)), file);
      case IOException other when isFull(reason) -> "The disk that holds " + name + " is full.";
      case IOException other when isProtected(reason) ->
          "The disk that holds " + name + " is write-protected.";
      case IOException other when reason.equals("Not a directory") ->
          inTheWay(inTheWay(file), file);
      case IOException other when reason.equals("Is a directory") ->
          "There is a folder at " + name + "; a file should be there.";
      case IOException other -> name + " cannot be read or written: " + PlainText.of(reason) + ".";
    };
  }

  private static String inTheWay(Path taken, Path file) {
    String name = PlainText.of(taken.toString());
    if (Files.isDirectory(taken)) return "There is a folder at " + name + " already.";
    String what = "There is a file at " + name + " already; a folder should be there";
    return what + (taken.equals(file) ? "." : " for " + PlainText.of(file.toString()) + ".");
  }

  private static @Nullable Path missingFolder(Path file) {
    Path folder = file.getParent();
    return folder == null || Files.isDirectory(folder) ? null : folder;
  }

  /// The file because of which nothing can be below it.
  private static Path inTheWay(Path missing) {
    Path above = missing;
    while (above.getParent() != null && !Files.exists(above)) above = above.getParent();
    return Files.isRegularFile(above) ? above : missing;
  }

  private static String next(IOException cause) {
    String reason = reason(cause);
    return switch (cause) {
      case NoSuchFileException missing -> "Check the path.";
      case AccessDeniedException denied ->
          "Choose another place, or change its permissions. " + AGAIN;
      case IOException other when isFull(reason) -> "Make room on that disk. " + AGAIN;
      case IOException other when isProtected(reason) ->
          "Choose another place, or make it writable. " + AGAIN;
      case FileAlreadyExistsException inTheWay -> "Choose another place, or move it away.";
      case DirectoryNotEmptyException inTheWay -> "Choose another place, or move it away.";
      case NotDirectoryException inTheWay -> "Choose another place, or move it away.";
      case IOException other
          when reason.equals("Not a directory") || reason.equals("Is a directory") ->
          "Choose another place, or move it away.";
      case IOException other -> "Check the disk. " + AGAIN;
    };
  }

  private static boolean isFull(String reason) {
    return reason.contains("No space left")
        || reason.contains("Disk quota exceeded")
        || reason.contains("There is not enough space");
  }

  private static boolean isProtected(String reason) {
    return reason.contains("Read-only file system") || reason.contains("write protected");
  }

  private static Path named(FileSystemException cause, Path file) {
    String named = cause.getFile();
    return named == null ? file : Path.of(named);
  }

  private static boolean isAbout(FileSystemException cause, Path file) {
    return file.toString().equals(cause.getFile());
  }

  /// The system's words, without the file's name that Java puts before them.
  private static String reason(IOException cause) {
    @Nullable String reason =
        cause instanceof FileSystemException named ? named.getReason() : cause.getMessage();
    return reason == null ? cause.getClass().getSimpleName() : reason;
  }
}
