package org.fieldlift.fat32;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Content;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// A whole drive with one FAT32 volume, as a pure function from offset to bytes. Nothing is stored
/// per cluster: the tables are worked out on demand, file bytes come from their contents, and only
/// the folders' entries are kept.
public final class Volume implements Content {
  /// The longest file a volume takes, in bytes. FAT32 itself allows 4 GiB − 1, but fsck.fat 4.2
  /// empties any file whose clusters add up to 4 GiB.
  public static final long LARGEST_FILE = 4095L << 20;

  private static final long WIPED = 1 << 20;

  private final Geometry geometry;
  private final long[] starts;
  private final Content[] contents;
  private final List<Stretch> data;

  private Volume(Geometry geometry, long[] starts, Content[] contents, List<Stretch> data) {
    this.geometry = geometry;
    this.starts = starts;
    this.contents = contents;
    this.data = data;
  }

  /// Lays out files: each contiguous, in the order given, from the first cluster after the folders.
  ///
  /// @param label at most 11 characters, legal for FAT
  /// @param volumeId shown by systems as the serial number; also the signature of the drive
  /// @param time of every file; one time, so that the same input yields the same bytes
  /// @throws Problem of kind USAGE for names FAT cannot hold or that collide, FAILED when the files
  ///   do not fit
  public static Volume of(
      Geometry geometry, String label, int volumeId, Instant time, List<VolumeFile> files)
      throws Problem {
    Label legalLabel = Label.of(label);
    FolderTree tree = FolderTree.of(files.stream().map(VolumeFile::path).toList());
    tree.check();
    checkRoom(geometry, tree, files);
    Layout layout = Layout.of(geometry, tree, files);
    return new VolumeAssembly(geometry, tree, files, layout)
        .assemble(legalLabel, volumeId, DosTime.of(time));
  }

  private static void checkRoom(Geometry geometry, FolderTree tree, List<VolumeFile> files)
      throws Problem {
    long needed = 0;
    for (FolderTree.Folder folder : tree.folders()) needed += geometry.clustersFor(folder.bytes());
    for (VolumeFile file : files) {
      long size = file.content().size();
      if (size > LARGEST_FILE) {
        throw Problem.failed(
            PlainText.of(file.path())
                + " has "
                + ByteSize.text(size)
                + "; a file on a FAT32 drive can have 4095 MiB.",
            "Split it into smaller pieces.");
      }
      needed += geometry.clustersFor(size);
    }
    if (needed > geometry.clusters()) {
      throw Problem.failed(
          "The files need "
              + ByteSize.text(needed * geometry.clusterSize())
              + ", but the drive has room for "
              + ByteSize.text(geometry.clusters() * geometry.clusterSize())
              + ".",
          "Use a larger drive, or put less on this one.");
    }
  }

  /// Clusters that these files and their folders take on a volume of this geometry.
  ///
  /// @param sizes path → length in bytes
  public static long clustersFor(Geometry geometry, Map<String, Long> sizes) {
    long clusters = 0;
    for (FolderTree.Folder folder : FolderTree.of(sizes.keySet()).folders()) {
      clusters += geometry.clustersFor(folder.bytes());
    }
    for (long size : sizes.values()) clusters += geometry.clustersFor(size);
    return clusters;
  }

  /// Most files with names like this one that a folder lists.
  public static int mostFiles(String name) {
    return (FolderTree.MOST_ENTRIES - FolderTree.OWN_ENTRIES) / LongName.entries(name);
  }

  public Geometry geometry() {
    return geometry;
  }

  /// Size of the whole drive.
  @Override
  public long size() {
    return geometry.driveSize();
  }

  /// Fills the buffer from any offset of the drive, MBR included; zeros where nothing lies.
  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    if (offset < 0 || into.remaining() > size() - offset) throw new EOFException();
    int found = Arrays.binarySearch(starts, offset);
    int next = found >= 0 ? found : Math.max(0, -found - 2);
    long at = offset;
    while (into.hasRemaining()) {
      while (next < starts.length && at >= starts[next] + contents[next].size()) next++;
      long start = next < starts.length ? starts[next] : Long.MAX_VALUE;
      int position = into.position();
      if (at < start) Zeros.fill(into, start - at);
      else readPart(contents[next], at - start, into);
      at += into.position() - position;
    }
  }

  private static void readPart(Content content, long within, ByteBuffer into) throws IOException {
    int limit = into.limit();
    int count = (int) Math.min(into.remaining(), content.size() - within);
    int end = into.position() + count;
    try {
      content.read(within, into.limit(end));
    } finally {
      into.limit(limit);
    }
    if (into.position() != end) throw new EOFException("a content ended too early");
  }

  /// The stretches that must be written for the drive to be right, each aligned to 4096 bytes and a
  /// multiple of 4096 bytes long, except that the last zeroed one ends with the drive's last
  /// sector. First, ascending and none overlapping: the zeroed first MiB, the zeroed boot sectors,
  /// tables, folders, files, the zeroed last MiB. Then the [Kind#SEAL] stretches: the boot sectors
  /// and, last in the list, sector 0.
  ///
  /// BLANK stretches cover the places of the SEAL ones: zeros are written there first, so that what
  /// was on the drive is gone and a drive pulled too early is blank. [#read] knows only the drive
  /// as it is at the end; whoever writes it puts zeros where a seal will lie.
  public List<Stretch> stretches() {
    long partition = geometry.partitionOffset();
    long bootLength = (long) Geometry.BOOT_SECTORS * geometry.sectorSize();
    long tables = geometry.tableOffset() / Geometry.BLOCK * Geometry.BLOCK;
    Stretch boot = Stretch.between(Kind.SEAL, partition, partition + bootLength);
    List<Stretch> all = new ArrayList<>(data.size() + 7);
    all.add(Stretch.between(Kind.BLANK, 0, WIPED));
    // Old file systems leave marks 64 KiB into a partition: in the padding before the tables.
    all.add(Stretch.between(Kind.BLANK, partition, tables));
    all.add(Stretch.between(Kind.TABLE, tables, geometry.dataOffset()));
    all.addAll(data);
    long end = size() / geometry.sectorSize() * geometry.sectorSize();
    long tail = Math.max(data.getLast().end(), (end - WIPED) / Geometry.BLOCK * Geometry.BLOCK);
    if (tail < end) all.add(Stretch.between(Kind.BLANK, tail, end));
    all.add(boot);
    all.add(Stretch.between(Kind.SEAL, 0, Geometry.BLOCK));
    return all;
  }

  /// What a stretch holds.
  public enum Kind {
    BLANK,
    TABLE,
    FOLDER,
    FILE,
    SEAL
  }

  /// @param path of the file or folder; empty otherwise
  /// @param contentLength bytes of it that are content, the rest is padding
  public record Stretch(Kind kind, long offset, long length, String path, long contentLength) {
    private static Stretch between(Kind kind, long start, long end) {
      return new Stretch(kind, start, end - start, "", end - start);
    }

    /// First byte after it.
    public long end() {
      return offset + length;
    }
  }

  /// Parts in ascending order, and what must be written for the folders and files among them.
  static Volume of(Geometry geometry, List<Long> starts, List<Content> parts, List<Stretch> data) {
    long[] offsets = starts.stream().mapToLong(Long::longValue).toArray();
    return new Volume(geometry, offsets, parts.toArray(Content[]::new), List.copyOf(data));
  }
}
