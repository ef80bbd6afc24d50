package org.fieldlift.fat32;

import java.util.Arrays;
import java.util.List;

/// Which clusters everything on a volume takes: folders first, then files, each contiguous.
///
/// @param folders first cluster of each folder
/// @param files first cluster of each file; 0 for an empty one, which has no chain
/// @param first cluster of each chain, ascending
/// @param last cluster of each chain
/// @param next the first cluster after them all
/// @param used clusters that belong to chains
record Layout(int[] folders, int[] files, int[] first, int[] last, long next, long used) {

  static Layout of(Geometry geometry, FolderTree tree, List<VolumeFile> list) {
    int[] folders = new int[tree.folders().size()];
    int[] files = new int[list.size()];
    int[] first = new int[folders.length + files.length];
    int[] last = new int[first.length];
    int chains = 0;
    long used = 0;
    long next = Geometry.FIRST_CLUSTER;
    for (int i = 0; i < first.length; i++) {
      boolean isFolder = i < folders.length;
      long size =
          isFolder ? tree.folders().get(i).bytes() : list.get(i - folders.length).content().size();
      if (size == 0) continue;
      long room = geometry.clustersFor(size);
      // A file's chain ends with its last byte, or fsck.fat calls it too long; a folder's is all
      // entries.
      long length = isFolder ? room : Math.ceilDiv(size, (long) geometry.clusterSize());
      if (isFolder) folders[i] = (int) next;
      else files[i - folders.length] = (int) next;
      first[chains] = (int) next;
      last[chains++] = (int) (next + length - 1);
      used += length;
      next += room;
    }
    return new Layout(
        folders, files, Arrays.copyOf(first, chains), Arrays.copyOf(last, chains), next, used);
  }
}
