package org.fieldlift.fat32;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fieldlift.io.Content;

/// Follows chains through a foreign file allocation table. No chain is followed further than its
/// file is long, so a loop costs no more than an honest file.
final class Chains {
  private static final int WINDOW = 4096;
  private static final int COUNTING_WINDOW = 1 << 20;
  private static final int NUMBER = 0x0FFF_FFFF;
  private static final int END = 0x0FFF_FFF8;

  private final Content drive;
  private final ParameterBlock block;
  private final String driveName;

  Chains(Content drive, ParameterBlock block, String driveName) {
    this.drive = drive;
    this.block = block;
    this.driveName = driveName;
  }

  /// A file's bytes. What a chain has beyond its file's size is left alone.
  Content file(long first, long size, String path) throws IOException {
    if (size == 0) return Content.of(new byte[0]);
    long most = Math.ceilDiv(size, (long) block.clusterSize());
    Runs runs = follow(first, most, path);
    if (runs.clusters() < most) {
      throw Damage.of(driveName, Damage.shown(path) + " is shorter than its folder says");
    }
    return runs.content(drive, block, size);
  }

  /// A folder's entries: its whole chain.
  byte[] folder(long first, String path) throws IOException {
    int most = FolderTree.MOST_ENTRIES * DirectoryWriter.ENTRY;
    long clusters = Math.ceilDiv(most, block.clusterSize());
    Runs runs = follow(first, clusters + 1, path);
    if (runs.clusters() > clusters) {
      throw Damage.of(driveName, Damage.shown(path) + " is longer than a folder can be");
    }
    long size = Math.min(most, runs.clusters() * block.clusterSize());
    return runs.content(drive, block, size).bytes(most, path);
  }

  private Runs follow(long first, long most, String path) throws IOException {
    Runs runs = new Runs();
    ByteBuffer window = ByteBuffer.allocate(WINDOW).order(ByteOrder.LITTLE_ENDIAN);
    long windowStart = -1;
    long cluster = first;
    do {
      if (!block.isCluster(cluster)) {
        throw Damage.of(driveName, Damage.shown(path) + " leads to a place that is not there");
      }
      if (!runs.add((int) cluster)) {
        throw Damage.of(driveName, Damage.shown(path) + " is in more pieces than can be read");
      }
      long entry = cluster * Integer.BYTES;
      if (entry / WINDOW * WINDOW != windowStart) {
        windowStart = entry / WINDOW * WINDOW;
        readTable(windowStart, window.clear());
      }
      cluster = window.getInt((int) (entry - windowStart)) & NUMBER;
    } while (runs.clusters() < most && cluster < END);
    if (runs.overlap()) throw Damage.of(driveName, Damage.shown(path) + " goes round in a circle");
    return runs;
  }

  /// Clusters that no chain uses, counted in the table.
  long countFree() throws IOException {
    ByteBuffer window = ByteBuffer.allocate(COUNTING_WINDOW).order(ByteOrder.LITTLE_ENDIAN);
    long end = (block.clusters() + Geometry.FIRST_CLUSTER) * Integer.BYTES;
    long free = 0;
    for (long at = 0; at < end; at += COUNTING_WINDOW) {
      readTable(at, window.clear());
      int first = at == 0 ? Geometry.FIRST_CLUSTER * Integer.BYTES : 0;
      int last = (int) Math.min(COUNTING_WINDOW, end - at);
      for (int i = first; i < last; i += Integer.BYTES) {
        if ((window.getInt(i) & NUMBER) == 0) free++;
      }
    }
    return free;
  }

  private void readTable(long at, ByteBuffer window) throws IOException {
    long rest = block.tableSectors() * block.sectorSize() - at;
    drive.read(block.tableOffset() + at, window.limit((int) Math.min(window.capacity(), rest)));
  }
}
