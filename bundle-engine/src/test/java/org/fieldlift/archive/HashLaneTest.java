package org.fieldlift.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fieldlift.io.Digest;
import org.junit.jupiter.api.Test;

class HashLaneTest {
  @Property(tries = 30)
  void theDigestIsThatOfAllBytesHoweverTheyCome(
      @ForAll @IntRange(max = 3_000_000) int length, @ForAll long seed) throws Exception {
    byte[] bytes = Trees.noise(length, seed);
    Random steps = new Random(seed);
    try (HashLane lane = new HashLane()) {
      for (int start = 0; start < length; ) {
        int count = Math.min(length - start, 1 + steps.nextInt(400_000));
        lane.update(bytes, start, count);
        start += count;
      }
      assertThat(lane.digest()).isEqualTo(Digest.of(bytes));
      lane.update(bytes, 0, length / 2);
      assertThat(lane.digest()).isEqualTo(Digest.of(Arrays.copyOf(bytes, length / 2)));
    }
  }

  @Test
  void noThreadOutlivesTheLane() throws Exception {
    try (HashLane lane = new HashLane()) {
      lane.update(new byte[2 << 20], 0, 2 << 20);
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("archive-hash"));
  }

  @Test
  void anInterruptIsKeptAndStopsTheWork() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> {
              try (HashLane lane = new HashLane()) {
                lane.update(new byte[8 << 20], 0, 8 << 20);
              }
            })
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
