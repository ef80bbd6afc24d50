package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnTest {
  @TempDir Path folder;

  @Test
  void noChangeOfManyAtOnceIsLost() throws Exception {
    Path file = Files.writeString(folder.resolve("list"), "");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try (Turn _ = Turn.take(file)) {
                  AtomicFiles.write(file, (Files.readString(file) + "x").getBytes());
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              }));
    }
    for (Thread thread : threads) thread.join();
    assertThat(file).hasContent("xxxxxxxx");
  }
}
