package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTroubleTest {
  private static final Path FILE = Path.of("/media/out.tar.gz");

  @Test
  void theSystemsWordsBecomeOursWithTheFileAndWhatToDo() {
    says(new IOException("No space left on device"), "The disk that holds", "is full.");
    says(new FileSystemException("x", null, "Read-only file system"), "is write-protected.");
    says(new AccessDeniedException("x"), "This user may not use");
    says(new FileAlreadyExistsException(FILE.toString()), "There is a file at " + FILE);
    says(new NoSuchFileException("x"), "There is no x, needed for");
    says(new IOException("Input/output error"), "cannot be read or written: Input/output error.");
    says(new IOException(), "IOException");
  }

  @Test
  void aMissingFolderIsNamedAndNotTheFileThatWasToBeMadeInIt(@TempDir Path folder)
      throws IOException {
    Path out = folder.resolve("none/out.tar.gz");
    Path aside = AtomicFiles.aside(out);
    Problem problem = DiskTrouble.with(out, new NoSuchFileException(aside.toString()));
    assertThat(problem.what())
        .isEqualTo("There is no folder " + out.getParent() + " for " + out + ".");
  }

  /// The path is longer than the person typed; only the file in the way tells where to look.
  @Test
  void aFileWhereAFolderShouldBeIsNamedItself(@TempDir Path folder) throws IOException {
    Path inTheWay = Files.createFile(folder.resolve("report"));
    for (Path wanted : List.of(inTheWay.resolve("out"), inTheWay.resolve("2026/may/out"))) {
      assertThatThrownBy(() -> AtomicFiles.write(wanted, new byte[1]))
          .hasMessage(
              "There is a file at %s already; a folder should be there for %s."
                  .formatted(inTheWay, wanted));
    }
  }

  @Test
  void aProblemStaysAsItIs() {
    Problem problem = Problem.drive("It fell.", "Pick it up.");
    assertThat(DiskTrouble.with(FILE, problem)).isSameAs(problem);
  }

  @Test
  void aFullDiskBelowAnOutputNamesTheFileItIsFor() {
    WritableByteChannel full =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer from) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    try (DiskOutput out = new DiskOutput(FILE, full)) {
      assertThatThrownBy(() -> out.write(1))
          .isInstanceOf(Problem.class)
          .hasMessage("The disk that holds /media/out.tar.gz is full.");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void says(IOException cause, String... words) {
    Problem problem = DiskTrouble.with(FILE, cause);
    assertThat(problem.what()).contains(words).contains(FILE.toString()).endsWith(".");
    assertThat(problem.next()).isNotEmpty().endsWith(".");
    assertThat(problem.kind()).isEqualTo(Problem.Kind.FAILED);
  }
}
