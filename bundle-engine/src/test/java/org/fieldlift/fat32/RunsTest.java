package org.fieldlift.fat32;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fieldlift.io.Content;
import org.junit.jupiter.api.Test;

class RunsTest {
  private static final int CLUSTER = 512;

  private static final ParameterBlock BLOCK =
      new ParameterBlock(4096, 512, CLUSTER, 32, 2, 0, 8, 4000, 2, 1, 7, "");

  @Property(tries = 100)
  void aChainInAnyOrderIsReadInItsOwn(@ForAll Random random) throws IOException {
    Content drive = SampleContent.generated(4096 + 4000 * 512, 1);
    List<Integer> clusters = new ArrayList<>();
    for (int cluster = 2; cluster < 60; cluster++) clusters.add(cluster);
    for (int i = 0; i < random.nextInt(10); i++) {
      Collections.rotate(clusters.subList(random.nextInt(30), 30 + random.nextInt(28)), 3);
    }
    Runs runs = new Runs();
    ByteBuffer model = ByteBuffer.allocate(clusters.size() * CLUSTER);
    for (int cluster : clusters) {
      assertThat(runs.add(cluster)).isTrue();
      drive.read(BLOCK.offsetOf(cluster), model.limit(model.position() + CLUSTER));
    }
    int size = model.capacity() - random.nextInt(CLUSTER);
    Content content = runs.content(drive, BLOCK, size);

    int start = random.nextInt(size);
    int end = start + random.nextInt(size - start + 1);
    ByteBuffer piece = ByteBuffer.allocate(end - start);
    content.read(start, piece);

    assertThat(runs.clusters()).isEqualTo(clusters.size());
    assertThat(runs.overlap()).isFalse();
    assertThat(piece.array()).isEqualTo(Arrays.copyOfRange(model.array(), start, end));
  }

  @Property(tries = 100)
  void aClusterThatComesTwiceIsFound(@ForAll Random random) {
    Runs runs = new Runs();
    HashSet<Integer> seen = new HashSet<>();
    boolean isTwice = false;
    for (int i = 0; i < 12; i++) {
      int cluster = 2 + random.nextInt(100);
      isTwice |= !seen.add(cluster);
      runs.add(cluster);
    }

    assertThat(runs.overlap()).isEqualTo(isTwice);
  }

  @Test
  void runsAreBounded() {
    Runs runs = new Runs();
    for (int i = 0; i < Runs.MOST; i++) assertThat(runs.add(2 + 2 * i)).isTrue();

    assertThat(runs.add(1 << 27)).isFalse();
  }
}
