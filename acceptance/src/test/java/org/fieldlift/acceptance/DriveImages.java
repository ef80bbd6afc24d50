package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Virtual drives through the eyes of programs that are not ours.
final class DriveImages {
  private static final String PARTITION_OFFSET = "@@4M";
  private static final long PARTITION_BYTES = 4 << 20;

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
            "skip=" + PARTITION_BYTES,
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
}
