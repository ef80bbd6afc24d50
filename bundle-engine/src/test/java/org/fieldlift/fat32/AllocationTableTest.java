package org.fieldlift.fat32;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AllocationTableTest {
  private static final int SECTORS = 7;
  private static final int ENTRIES = SECTORS * 512 / Integer.BYTES;

  private static final Geometry GEOMETRY =
      new Geometry(1 << 30, 512, 8192, 100_000, 32, SECTORS, 4096, ENTRIES - 2);

  @Property(tries = 200)
  void anyWindowOfTheTableIsWhatATableKeptInMemoryWouldHold(@ForAll Random random) {
    int[] entries = new int[ENTRIES];
    entries[0] = 0x0FFFFFF8;
    entries[1] = 0x0FFFFFFF;
    int[] first = new int[ENTRIES];
    int[] last = new int[ENTRIES];
    int chains = 0;
    for (int next = 2; next < ENTRIES; next++) {
      if (random.nextInt(3) == 0) next += random.nextInt(40);
      int end = Math.min(next + random.nextInt(60), ENTRIES - 1);
      if (next > end) break;
      first[chains] = next;
      last[chains++] = end;
      for (; next < end; next++) entries[next] = next + 1;
      entries[end] = 0x0FFFFFFF;
    }
    AllocationTable table =
        new AllocationTable(GEOMETRY, Arrays.copyOf(first, chains), Arrays.copyOf(last, chains));
    ByteBuffer model = ByteBuffer.allocate(2 * SECTORS * 512).order(ByteOrder.LITTLE_ENDIAN);
    for (int copy = 0; copy < 2; copy++) for (int entry : entries) model.putInt(entry);

    int start = random.nextInt(model.capacity());
    int length = random.nextInt(model.capacity() - start + 1);
    ByteBuffer window = ByteBuffer.allocate(length + 3);
    table.read(start, window.limit(length));

    assertThat(table.size()).isEqualTo(model.capacity());
    assertThat(window.position()).isEqualTo(length);
    assertThat(window.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(Arrays.copyOf(window.array(), length))
        .isEqualTo(Arrays.copyOfRange(model.array(), start, start + length));
  }

  @Test
  void aTableWithoutChainsHoldsOnlyItsTwoFlags() {
    AllocationTable table = new AllocationTable(GEOMETRY, new int[0], new int[0]);
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);

    table.read(0, bytes);

    assertThat(bytes.flip().asIntBuffer())
        .isEqualTo(IntBuffer.wrap(new int[] {0x0FFFFFF8, 0x0FFFFFFF, 0, 0}));
  }
}
