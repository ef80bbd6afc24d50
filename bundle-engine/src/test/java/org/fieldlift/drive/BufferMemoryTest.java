package org.fieldlift.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BufferMemoryTest {
  private static final long MIB = 1 << 20;

  private final Progress progress = new Progress("lane");
  private final Cancellation cancellation = new Cancellation();

  @Property
  void allLanesTogetherFindRoomOrHaveTheSmallestBuffers(
      @ForAll @LongRange(max = 1L << 40) long bytes,
      @ForAll @IntRange(min = 1, max = 999) int lanes) {
    int size = new BufferMemory(bytes).sizeAmong(lanes);
    assertThat(size).isBetween(BufferMemory.SMALLEST, BufferMemory.LARGEST);
    assertThat(Integer.bitCount(size)).isEqualTo(1);
    assertThat(size == BufferMemory.SMALLEST || (long) size * BufferMemory.BUFFERS * lanes <= bytes)
        .isTrue();
  }

  @Test
  void fewLanesHaveLargeBuffersAndManyHaveSmallOnes() {
    BufferMemory memory = new BufferMemory(185 * MIB); // of a heap of 256 MB
    assertThat(memory.sizeAmong(1)).isEqualTo(BufferMemory.LARGEST);
    assertThat(memory.sizeAmong(8)).isEqualTo(BufferMemory.LARGEST);
    assertThat(memory.sizeAmong(24)).isEqualTo((int) MIB);
  }

  @Test
  void aLaneWithoutRoomWaitsUntilAnotherHasEnded() throws Exception {
    BufferMemory memory = new BufferMemory(0);
    BufferMemory.Share first = memory.take(2, progress, cancellation);
    CompletableFuture<BufferMemory.Share> second = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            second.complete(memory.take(2, progress, cancellation));
          } catch (IOException e) {
            second.completeExceptionally(e);
          }
        });
    while (progress.step().isEmpty()) Thread.sleep(10);
    assertThat(progress.step()).isEqualTo("Waiting until another drive is done");
    assertThat(second).isNotDone();
    first.giveBack();
    first.giveBack();
    assertThat(second.get(10, TimeUnit.SECONDS).size()).isEqualTo(BufferMemory.SMALLEST);
    cancellation.cancel();
    assertThatThrownBy(() -> memory.take(2, progress, cancellation))
        .as("what was given back twice is there once")
        .isInstanceOf(Cancellation.Cancelled.class);
  }

  /// A device that never answers keeps its buffers, for it may fill them yet.
  @Test
  void anEndedLaneHasGivenItsMemoryBack() throws Exception {
    BufferMemory memory = new BufferMemory(0);
    for (int i = 0; i < 3; i++) {
      BufferMemory.Share share = memory.take(1, progress, cancellation);
      new DeviceQueue(new MemoryDrive(MIB), share, Duration.ofSeconds(5), progress, cancellation)
          .close();
    }
    assertThat(memory.take(1, progress, cancellation).size()).isEqualTo(BufferMemory.SMALLEST);
  }
}
