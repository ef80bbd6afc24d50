package org.fieldlift.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void smallEntriesGatherUntilAPartIsFull() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 100; i++) entries.add(file("f%03d".formatted(i), (3 << 20) - 512));
    List<List<Entry>> parts = Parts.of(entries);
    assertThat(parts).extracting(List::size).containsExactly(21, 21, 21, 21, 16);
    assertThat(parts.stream().flatMap(List::stream).toList()).isEqualTo(entries);
  }

  @Test
  void aLargeFileStandsAlone() {
    List<Entry> entries =
        List.of(file("a", 1), file("b", Parts.ALONE), file("c", Parts.ALONE - 1), file("d", 1));
    assertThat(Parts.of(entries))
        .containsExactly(entries.subList(0, 1), entries.subList(1, 2), entries.subList(2, 4));
  }

  @Test
  void anEmptyTreeHasNoParts() {
    assertThat(Parts.of(List.of())).isEmpty();
  }

  private static Entry file(String path, long size) {
    return new Entry(path, Entry.Type.FILE, 0644, size, null, null);
  }
}
