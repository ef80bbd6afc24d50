package org.fieldlift.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durable files: written aside, synced, and made true by one rename. After a crash there is the
/// old file or the new one, never half of either.
public final class AtomicFiles {
  /// How names of files that are being written end; leftovers of a crash may be deleted.
  public static final String ASIDE = ".fieldlift-new";

  /// This run of the program among all that write at once, and among those that had its number
  /// before.
  private static final long PROCESS = ProcessHandle.current().pid();

  private static final String RUN = HexFormat.of().toHexDigits(new SplittableRandom().nextInt());
  private static final String WRITER =
      "\\.([0-9]{1,10})-([0-9a-f]{8})-[0-9]+" + Pattern.quote(ASIDE);
  private static final Pattern ANY = Pattern.compile(".*" + WRITER);
  private static final int BUFFER = 1 << 16;
  private static final AtomicLong COUNT = new AtomicLong();

  private AtomicFiles() {}

  /// Replaces or makes a file. Missing parent folders are made. Of several that write at once, one
  /// wins whole.
  ///
  /// @throws Problem when the disk is full, write-protected or not ours; the old file is as it was
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, out -> out.write(bytes));
  }

  /// What a file is to hold, written as it comes.
  @FunctionalInterface
  public interface Written {
    void to(OutputStream out) throws IOException;
  }

  /// As [#write(Path, byte\[\])], for what is too long to hold in memory.
  public static void write(Path file, Written written) throws IOException {
    try {
      Files.createDirectories(parent(file));
      Path aside = aside(file);
      try {
        try (FileChannel channel =
            FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          OutputStream out = new BufferedOutputStream(new DiskOutput(file, channel), BUFFER);
          written.to(out);
          out.flush();
          channel.force(true);
        }
        publish(aside, file);
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw DiskTrouble.with(file, e);
    }
  }

  /// A name beside this file to write it under until it is whole; nobody else has it. What runs
  /// that died left under such names for the same file is removed.
  public static Path aside(Path file) throws IOException {
    Path folder = parent(file);
    String name = file.getFileName().toString();
    removeLeft(folder, Pattern.compile(Pattern.quote(name) + WRITER));
    String writer = ".%d-%s-%d".formatted(PROCESS, RUN, COUNT.incrementAndGet());
    return folder.resolve(name + writer + ASIDE);
  }

  /// Removes what runs that died left in this folder, whatever it was to become. What a run writes
  /// that is alive stays.
  public static void sweep(Path folder) throws IOException {
    removeLeft(folder, ANY);
  }

  /// Makes a finished, synced file (or folder) aside the true one.
  public static void publish(Path aside, Path file) throws IOException {
    replace(aside, file);
    syncFolder(parent(file));
  }

  /// The same for a file that must never take the place of another: where the name is taken, it
  /// fails. Of several that do so at once, one wins. What is aside may stay, to be deleted.
  ///
  /// It gets its name by a hard link, which unlike a rename fails when there is one. FAT and exFAT
  /// have no links; there an empty file takes the name first, and a crash may leave that.
  ///
  /// @throws FileAlreadyExistsException when the name is taken
  public static void publishNew(Path aside, Path file) throws IOException {
    publishNew(aside, file, Files::createLink);
  }

  /// How a file gets a second name.
  @FunctionalInterface
  interface Linking {
    void link(Path name, Path file) throws IOException;
  }

  static void publishNew(Path aside, Path file, Linking linking) throws IOException {
    try {
      linking.link(file, aside);
    } catch (FileAlreadyExistsException taken) {
      throw taken;
    } catch (FileSystemException | UnsupportedOperationException noLinksHere) {
      claim(aside, file);
    }
    syncFolder(parent(file));
  }

  /// Makes the names in a folder durable. Windows has no such call and needs none.
  public static void syncFolder(Path folder) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) return;
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void replace(Path aside, Path file) throws IOException {
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void claim(Path aside, Path file) throws IOException {
    Files.createFile(file);
    try {
      replace(aside, file);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static void removeLeft(Path folder, Pattern names) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, at -> isLeft(at, names))) {
      for (Path each : left) FolderFiles.delete(each);
    } catch (NoSuchFileException noFolderYet) {
      // Then nobody left anything in it.
    }
  }

  private static boolean isLeft(Path at, Pattern names) {
    Matcher writer = names.matcher(at.getFileName().toString());
    if (!writer.matches()) return false;
    long process = Long.parseLong(writer.group(1));
    return process == PROCESS
        ? !RUN.equals(writer.group(2))
        : ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty();
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) throw new IllegalArgumentException("a root is not a file: " + file);
    return parent;
  }
}
