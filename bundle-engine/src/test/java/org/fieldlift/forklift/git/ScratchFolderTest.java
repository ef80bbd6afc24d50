package org.fieldlift.forklift.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.FolderFiles;
import org.junit.jupiter.api.Test;

class ScratchFolderTest {
  /// No process has this number: it is beyond what kernels give.
  private static final String DEAD = "fieldlift-git-4294967290-";

  @Test
  void whatAKilledRunLeftIsRemovedAndWhatALivingOneHasStays() throws IOException {
    Path left = Files.createTempDirectory(DEAD);
    Files.writeString(left.resolve("index"), "half");
    Path living = ScratchFolder.make();
    Path made = ScratchFolder.make();
    try {
      assertThat(left).doesNotExist();
      assertThat(living).isDirectory();
      assertThat(made).isEmptyDirectory();
    } finally {
      FolderFiles.delete(living);
      FolderFiles.delete(made);
    }
  }

  @Test
  void aLinkOfThatNameLeadsNowhere() throws IOException {
    Path others = Files.createTempDirectory("others");
    Path kept = Files.createFile(others.resolve("kept"));
    Path link = others.resolveSibling(DEAD + "1");
    Files.createSymbolicLink(link, others);
    try {
      FolderFiles.delete(ScratchFolder.make());
      assertThat(kept).exists();
    } finally {
      Files.deleteIfExists(link);
      FolderFiles.delete(others);
    }
  }
}
