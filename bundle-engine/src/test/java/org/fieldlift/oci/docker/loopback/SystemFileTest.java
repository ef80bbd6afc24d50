package org.fieldlift.oci.docker.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsReplacedThroughALink() throws IOException {
    Path real = Files.writeString(folder.resolve("real"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("hosts"), real);
    new SystemFile(link).write("after".getBytes());
    assertThat(link).isSymbolicLink().hasContent("after");
    assertThat(Files.list(folder)).hasSize(2);
  }

  @Test
  void aDiskThatTakesOnlyAPartIsGivenTheRest() throws IOException {
    SystemFile hosts = new SystemFile(folder.resolve("hosts"));
    Stingy roomy = new Stingy(1000);
    hosts.write(roomy, "127.0.0.1 localhost".getBytes());
    assertThat(roomy.taken.toString()).isEqualTo("127.0.0.1 localhost");
    assertThatThrownBy(() -> hosts.write(new Stingy(8), new byte[9]))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("The disk that holds " + hosts.path() + " is full");
  }

  /// A disk that takes three bytes at a time, until it is full.
  private static final class Stingy implements WritableByteChannel {
    private final StringBuilder taken = new StringBuilder();
    private final int room;

    Stingy(int room) {
      this.room = room;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (taken.length() == room) throw new IOException("No space left on device");
      int count = Math.min(Math.min(3, bytes.remaining()), room - taken.length());
      for (int i = 0; i < count; i++) taken.append((char) bytes.get());
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
