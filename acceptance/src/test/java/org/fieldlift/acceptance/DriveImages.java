package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.fieldlift.fat32.Volume;
import org.fieldlift.fat32.VolumeReader;
import org.fieldlift.io.Content;
import org.fieldlift.io.FileTree;

/// Virtual drives through the eyes of programs that are not ours.
final class DriveImages {
  private static final String PARTITION_OFFSET = "@@4M";

  /// Where the partition begins, in bytes.
  static final long PARTITION = 4 << 20;

  private static final int CHUNK = 1 << 20;

  private DriveImages() {}

  /// fsck.fat finds nothing to complain about, mtools lists the files, sfdisk sees one partition.
  static void assertSound(Path drive, Path scratch) {
    Program.needs("fsck.fat", "mdir", "sfdisk");
    Path partition = scratch.resolve(drive.getFileName() + ".partition");
    Program.run(
            "dd",
            "if=" + drive,
            "of=" + partition,
            "bs=4M",
            "skip=" + PARTITION,
            "iflag=skip_bytes",
            "conv=sparse",
            "status=none")
        .well();
    Program.Said fsck = Program.run("fsck.fat", "-n", partition).well();
    assertThat(fsck.out()).doesNotContain("differ").doesNotContain("Wrong").doesNotContain("bad");
    assertThat(Program.run("mdir", "-i", drive + PARTITION_OFFSET, "::").well().out())
        .contains("FIELDLIFT", "README");
    assertThat(Program.run("sfdisk", "-J", drive).well().out()).contains("\"type\": \"c\"");
  }

  /// Every file of the drive, copied by mtools.
  static Path copyOut(Path drive, Path folder) throws IOException {
    Program.needs("mcopy");
    Files.createDirectories(folder);
    Program.run("mcopy", "-s", "-i", drive + PARTITION_OFFSET, "::*", folder).well();
    return folder;
  }

  /// What is to be known of every file ([Digests#facts]), read by the engine.
  static Map<String, String> read(Path drive) throws IOException {
    FileTree tree = VolumeReader.open(Content.of(drive, Files.size(drive)), drive.toString());
    Map<String, String> digests = new TreeMap<>();
    read(tree, "", digests);
    return digests;
  }

  private static void read(FileTree tree, String folder, Map<String, String> digests)
      throws IOException {
    for (FileTree.Child child : tree.list(folder)) {
      String path = folder.isEmpty() ? child.name() : folder + "/" + child.name();
      if (child.isFolder()) read(tree, path, digests);
      else digests.putAll(Digests.facts(path, tree.file(path).orElseThrow()));
    }
  }

  /// Writes a volume as a virtual drive; zeros become holes.
  static void store(Volume volume, Path image) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            image,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      ByteBuffer zeros = ByteBuffer.allocate(CHUNK);
      file.write(ByteBuffer.allocate(1), volume.size() - 1);
      for (Volume.Stretch stretch : volume.stretches()) {
        for (long at = stretch.offset(); at < stretch.end(); at += CHUNK) {
          ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(CHUNK, stretch.end() - at));
          volume.read(at, bytes);
          bytes.flip();
          if (bytes.equals(zeros.slice(0, bytes.limit()))) continue;
          while (bytes.hasRemaining()) file.write(bytes, at + bytes.position());
        }
      }
    }
  }
}
