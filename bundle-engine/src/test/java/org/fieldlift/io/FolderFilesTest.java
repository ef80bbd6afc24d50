package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"r-xr-xr-x", "---------", "--x--x--x"})
  void aFolderWithoutPermissionsGoesToo(String permissions) throws IOException {
    Path inner = Files.createDirectories(folder.resolve("tree/inner"));
    Files.write(inner.resolve("file"), new byte[7]);
    Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString(permissions));
    Files.setPosixFilePermissions(inner.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));
    assertThat(FolderFiles.delete(folder.resolve("tree"))).isEqualTo(7);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatADeadRunWasCopyingStopsNobody() throws IOException {
    Path half = folder.resolve("pallet.999999999-00000000-1.fieldlift-new/half");
    Files.createDirectories(half);
    Files.createFile(half.resolve("file"));
    Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("r-xr-xr-x"));
    AtomicFiles.aside(folder.resolve("pallet"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void linksAreNotFollowedAndNothingIsNothing() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path kept = Files.createFile(other.resolve("kept"));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("r-xr-xr-x"));
    Path tree = Files.createDirectories(folder.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), other);
    Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere"));
    FolderFiles.delete(tree);
    assertThat(tree).doesNotExist();
    assertThat(kept).exists();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
        .isEqualTo("r-xr-xr-x");
    assertThat(FolderFiles.delete(tree)).isZero();
  }
}
