package org.fieldlift.fat32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.io.Content;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// Reads a FAT32 volume that anybody wrote: ours, Windows', a camera's. Every byte is foreign:
/// chains that loop, sizes that lie and tables that are cut off are errors, never endless work.
///
/// Names are found as FAT finds them, whatever their case. It is meant for drives that nobody
/// writes to meanwhile; folders read last are remembered.
public final class VolumeReader implements FileTree {
  private static final int REMEMBERED_FOLDERS = 4;
  private static final int MOST_FOLDERS = 100_000;

  private final Content drive;
  private final String name;
  private final ParameterBlock block;
  private final Chains chains;
  private final Directory root;
  private final Set<Long> claimed = new HashSet<>();
  private final Set<Long> walked = new HashSet<>();
  private final Map<Long, Directory> remembered = new LinkedHashMap<>();

  private VolumeReader(
      Content drive, String name, ParameterBlock block, Chains chains, Directory root) {
    this.drive = drive;
    this.name = name;
    this.block = block;
    this.chains = chains;
    this.root = root;
    claimed.add(block.rootCluster());
  }

  /// @param drive the whole drive, with or without a partition table
  /// @throws Problem of kind DRIVE when there is no FAT32 volume
  public static VolumeReader open(Content drive, String name) throws IOException {
    Optional<ParameterBlock> found = ParameterBlock.find(drive);
    if (found.isEmpty()) {
      throw Problem.drive(
          PlainText.of(name) + " has no FAT32 file system.",
          "Use a drive that Fieldlift wrote, or one that is formatted as FAT32.");
    }
    ParameterBlock block = found.get();
    block.check(drive.size(), name);
    Chains chains = new Chains(drive, block, name);
    Directory root = DirectoryReader.read(chains.folder(block.rootCluster(), ""), "", name);
    VolumeReader reader = new VolumeReader(drive, name, block, chains, root);
    reader.claimFolders(block.rootCluster(), root);
    return reader;
  }

  /// True when sector 0 looks like a drive with a FAT32 volume.
  public static boolean looksLikeVolume(Content drive) throws IOException {
    return ParameterBlock.find(drive).isPresent();
  }

  /// The volume's label; empty for none. The one in the top folder counts, as for every system; the
  /// one in the boot sector stands in for it.
  public String label() {
    return root.label().isEmpty() ? block.label() : root.label();
  }

  public int volumeId() {
    return block.volumeId();
  }

  @Override
  public String name() {
    return name;
  }

  /// Bytes that hold no file, as the volume keeps count of them; where it does not, they are
  /// counted.
  public long freeBytes() throws IOException {
    long free = recordedFree();
    if (free < 0) free = chains.countFree();
    return free * block.clusterSize();
  }

  /// Bytes that files and folders take, padding included.
  public long usedBytes() throws IOException {
    return block.clusters() * block.clusterSize() - freeBytes();
  }

  private long recordedFree() throws IOException {
    int sector = block.freeSpaceSector();
    if (sector == 0 || sector >= block.reservedSectors()) return -1;
    ByteBuffer counts = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    drive.read(block.offset() + (long) sector * block.sectorSize(), counts);
    boolean isSigned =
        counts.getInt(0) == BootSectors.LEAD_SIGNATURE
            && counts.getInt(484) == BootSectors.FREE_SPACE_SIGNATURE;
    long free = Integer.toUnsignedLong(counts.getInt(488));
    return isSigned && free <= block.clusters() ? free : -1;
  }

  @Override
  public List<Child> list(String folder) throws IOException {
    Directory directory = find(folder);
    if (directory == null) return List.of();
    List<Child> children = new ArrayList<>();
    for (Directory.Entry entry : directory.entries()) {
      children.add(new Child(entry.name(), entry.isFolder(), entry.size()));
    }
    children.sort(Comparator.comparing(Child::name));
    return children;
  }

  @Override
  public Optional<Content> file(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    if (slash == 0) return Optional.empty();
    Directory directory = find(slash < 0 ? "" : path.substring(0, slash));
    if (directory == null) return Optional.empty();
    Directory.Entry entry = directory.find(path.substring(slash + 1));
    if (entry == null || entry.isFolder()) return Optional.empty();
    return Optional.of(chains.file(entry.cluster(), entry.size(), path));
  }

  private @Nullable Directory find(String folder) throws IOException {
    if (folder.isEmpty()) return root;
    String[] names = folder.split("/", -1);
    if (names.length > FolderTree.DEEPEST) {
      throw Damage.of(name, "its folders lie deeper than " + FolderTree.DEEPEST + " in each other");
    }
    Directory directory = root;
    for (String child : names) {
      Directory.Entry entry = directory.find(child);
      if (entry == null || !entry.isFolder()) return null;
      directory = folder(entry.cluster(), directory.pathOf(entry));
    }
    return directory;
  }

  private synchronized Directory folder(long cluster, String path) throws IOException {
    Directory known = remembered.remove(cluster);
    Directory directory =
        known != null ? known : DirectoryReader.read(chains.folder(cluster, path), path, name);
    claimFolders(cluster, directory);
    remembered.put(cluster, directory);
    if (remembered.size() > REMEMBERED_FOLDERS) {
      remembered.remove(remembered.keySet().iterator().next());
    }
    return directory;
  }

  /// A folder belongs to one place only, or whoever walks the tree would never come to an end: a
  /// few folders that hold each other twice make 2⁶⁴ paths.
  private void claimFolders(long cluster, Directory directory) throws Problem {
    if (walked.contains(cluster)) return;
    for (Directory.Entry entry : directory.entries()) {
      if (!entry.isFolder()) continue;
      if (!claimed.add(entry.cluster())) {
        String path = directory.pathOf(entry);
        throw Damage.of(name, Damage.shown(path) + " is the same folder as another");
      }
      if (claimed.size() > MOST_FOLDERS) {
        throw Damage.of(name, "it has more folders than can be read");
      }
    }
    walked.add(cluster);
  }
}
