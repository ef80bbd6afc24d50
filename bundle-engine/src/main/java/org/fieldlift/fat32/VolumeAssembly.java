package org.fieldlift.fat32;

import java.util.ArrayList;
import java.util.List;
import org.fieldlift.fat32.FolderTree.Folder;
import org.fieldlift.fat32.FolderTree.Item;
import org.fieldlift.fat32.Volume.Kind;
import org.fieldlift.fat32.Volume.Stretch;
import org.fieldlift.io.Content;

/// Puts a volume's parts where the layout says, from the first byte to the last.
final class VolumeAssembly {
  private final Geometry geometry;
  private final FolderTree tree;
  private final List<VolumeFile> files;
  private final Layout layout;
  private final List<Long> starts = new ArrayList<>();
  private final List<Content> parts = new ArrayList<>();
  private final List<Stretch> data = new ArrayList<>();

  VolumeAssembly(Geometry geometry, FolderTree tree, List<VolumeFile> files, Layout layout) {
    this.geometry = geometry;
    this.tree = tree;
    this.files = files;
    this.layout = layout;
  }

  Volume assemble(Label label, int volumeId, DosTime time) {
    long free = geometry.clusters() - layout.used();
    long end = geometry.clusters() + Geometry.FIRST_CLUSTER;
    int next = layout.next() < end ? (int) layout.next() : BootSectors.UNKNOWN;
    byte[] reserved = BootSectors.reserved(geometry, label, volumeId, (int) free, next);
    part(0, Content.of(BootSectors.partitionTable(geometry, volumeId)));
    part(geometry.partitionOffset(), Content.of(reserved));
    part(geometry.tableOffset(), new AllocationTable(geometry, layout.first(), layout.last()));
    for (int i = 0; i < tree.folders().size(); i++) {
      Folder folder = tree.folders().get(i);
      Content entries = Content.of(entries(i, folder, label, time));
      chain(Kind.FOLDER, layout.folders()[i], folder.path(), entries);
    }
    for (int i = 0; i < files.size(); i++) {
      VolumeFile file = files.get(i);
      if (layout.files()[i] == 0) continue;
      chain(Kind.FILE, layout.files()[i], file.path(), file.content());
    }
    return Volume.of(geometry, starts, parts, data);
  }

  private byte[] entries(int index, Folder folder, Label label, DosTime time) {
    DirectoryWriter writer = new DirectoryWriter(folder.entries(), time);
    if (!folder.isRoot()) writer.dots(layout.folders()[index], above(folder));
    else if (!label.text().isEmpty()) writer.label(label);
    ShortNames shortNames = new ShortNames(folder.items().stream().map(Item::name).toList());
    for (Item item : folder.items()) {
      String shortName = shortNames.next(item.name());
      if (item.isFolder()) {
        int cluster = layout.folders()[item.index()];
        writer.named(item.name(), shortName, DirectoryWriter.FOLDER, cluster, 0);
      } else {
        int cluster = layout.files()[item.index()];
        long size = files.get(item.index()).content().size();
        writer.named(item.name(), shortName, DirectoryWriter.FILE, cluster, size);
      }
    }
    return writer.bytes();
  }

  /// In `..` the root has no cluster of its own.
  private int above(Folder folder) {
    return folder.parent() == 0 ? 0 : layout.folders()[folder.parent()];
  }

  private void chain(Kind kind, int cluster, String path, Content content) {
    long start = geometry.offsetOf(cluster);
    long room = geometry.clustersFor(content.size()) * geometry.clusterSize();
    part(start, content);
    data.add(new Stretch(kind, start, room, path, content.size()));
  }

  private void part(long start, Content content) {
    starts.add(start);
    parts.add(content);
  }
}
