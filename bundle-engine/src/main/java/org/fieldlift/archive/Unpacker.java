package org.fieldlift.archive;

import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Problem;

/// Unpacks entries into a fresh folder: exact modes, links verbatim and never followed, nothing
/// outside.
///
/// Believes nobody that entries were checked: each goes only into a folder that was made here, so
/// neither `..` nor a link can lead elsewhere, and only where nothing is yet, so that two names
/// which are one on this file system are noticed. While it works, everything is readable by its
/// owner only.
public final class Unpacker implements EntrySink {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final Set<String> folders = new HashSet<>();
  private final List<Entry> made = new ArrayList<>();
  private boolean begun;

  /// @param folder an existing, empty folder
  public Unpacker(Path folder) {
    this.folder = folder;
    folders.add("");
  }

  @Override
  public void directory(Entry entry) throws IOException {
    Path place = place(entry);
    try {
      Files.createDirectory(place, OWNER_FOLDER);
    } catch (FileAlreadyExistsException e) {
      throw taken(entry);
    }
    folders.add(entry.path());
    made.add(entry);
  }

  @Override
  public void symlink(Entry entry) throws IOException {
    Path place = place(entry);
    String target = entry.target();
    if (target == null) throw outside(entry, "is a link without a target");
    try {
      VerbatimLink.make(place, target);
    } catch (FileAlreadyExistsException e) {
      throw taken(entry);
    }
  }

  @Override
  public OutputStream file(Entry entry) throws IOException {
    Path place = place(entry);
    try {
      FileChannel channel =
          FileChannel.open(
              place, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_FILE);
      made.add(entry);
      return Channels.newOutputStream(channel);
    } catch (FileAlreadyExistsException e) {
      throw taken(entry);
    }
  }

  /// Sets directory modes (last, so that read-only ones could be filled) and syncs all to disk.
  ///
  /// Every file and folder is synced by itself, which is the only thing all file systems promise to
  /// honour; many at a time, so that a journal commits them together.
  public void finish() throws IOException {
    List<Entry> files = made.stream().filter(entry -> entry.type() == Entry.Type.FILE).toList();
    List<Entry> directories =
        made.reversed().stream().filter(entry -> entry.type() == Entry.Type.DIRECTORY).toList();
    Settling.all(folder, files);
    for (Entry directory : directories) Settling.one(folder, directory);
    AtomicFiles.syncFolder(folder);
  }

  private Path place(Entry entry) throws IOException {
    if (!begun) requireFresh();
    begun = true;
    Optional<String> fault = EntryList.pathFault(entry.path());
    if (fault.isPresent()) throw outside(entry, fault.get());
    if (!folders.contains(EntryList.parent(entry.path()))) {
      throw outside(entry, "is in no folder of this release");
    }
    try {
      return folder.resolve(entry.path());
    } catch (InvalidPathException e) {
      throw Problem.failed(
          shown(entry.path()) + " cannot be written: this system cannot spell its name.",
          "Use a UTF-8 locale (LC_ALL=C.UTF-8), then try again.");
    }
  }

  private void requireFresh() throws IOException {
    OnDisk.requireModes(folder);
    try (var names = Files.newDirectoryStream(folder)) {
      if (!names.iterator().hasNext()) return;
    }
    throw Problem.failed(
        "The folder " + shown(folder.toString()) + " is not empty.", "Unpack to an empty folder.");
  }

  private static Problem outside(Entry entry, String why) {
    return ArchiveCheck.notGenuine(shown(entry.path()) + " cannot be unpacked: it " + why + ".");
  }

  private static Problem taken(Entry entry) {
    return Problem.failed(
        shown(entry.path()) + " cannot be unpacked: its place is taken by another name.",
        "Unpack on a file system that tells upper from lower case, such as ext4.");
  }
}
