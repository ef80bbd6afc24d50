package org.fieldlift.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.Progress;
import org.fieldlift.release.DriveManifest;
import org.fieldlift.release.DriveManifest.HeldFile;
import org.junit.jupiter.api.Test;

class DriveCheckTest {
  private final Map<String, Content> files = new HashMap<>();
  private final List<HeldFile> listed = new ArrayList<>();

  /// What the system says of a worn place on a drive that is mounted.
  @Test
  void aFileThatCannotBeReadSpoilsNothingButItself() throws IOException {
    add("README.txt", "to read".getBytes(StandardCharsets.UTF_8));
    add("import.sh", "to run".getBytes(StandardCharsets.UTF_8));
    files.put("README.txt", worn("to read".length()));
    files.put("import.sh", Content.of("to RUN".getBytes(StandardCharsets.UTF_8)));
    assertThat(faults(new Cancellation()))
        .containsExactly(
            "README.txt on drive FL-7K3QX2 cannot be read: Input/output error.",
            "import.sh on drive FL-7K3QX2 is damaged.");
  }

  @Test
  void aWishToStopIsNoFault() {
    add("README.txt", "to read".getBytes(StandardCharsets.UTF_8));
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    assertThatThrownBy(() -> faults(cancellation)).isInstanceOf(Cancellation.Cancelled.class);
  }

  private void add(String path, byte[] bytes) {
    files.put(path, Content.of(bytes));
    listed.add(new HeldFile(path, bytes.length, Digest.of(bytes)));
  }

  private static Content worn(long size) {
    return new Content() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void read(long offset, ByteBuffer into) throws IOException {
        throw new IOException("Input/output error");
      }
    };
  }

  private List<String> faults(Cancellation cancellation) throws IOException {
    DriveManifest manifest =
        new DriveManifest(
            "FL-7K3QX2",
            "set",
            1,
            1,
            "Lab",
            Digest.of(new byte[0]),
            Instant.EPOCH,
            List.of(),
            List.of(),
            listed,
            List.of("FL-7K3QX2"));
    files.put(DriveManifest.FILE, Content.of(manifest.toJson()));
    return DriveCheck.faults(new Held(files), new Progress(""), cancellation);
  }

  private record Held(Map<String, Content> files) implements FileTree {
    @Override
    public String name() {
      return "drive";
    }

    @Override
    public List<Child> list(String folder) {
      throw new AssertionError("the list says what is there");
    }

    @Override
    public Optional<Content> file(String path) {
      return Optional.ofNullable(files.get(path));
    }
  }
}
