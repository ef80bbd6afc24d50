package org.fieldlift.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.fieldlift.io.Content;
import org.junit.jupiter.api.Test;

class JoinedContentTest {

  @Property(tries = 100)
  void anyStretchOfTheSlicesIsTheStretchOfTheWhole(
      @ForAll @Size(max = 200) byte[] whole,
      @ForAll @Size(max = 6) List<@IntRange(max = 200) Integer> cuts,
      @ForAll @IntRange(max = 200) int a,
      @ForAll @IntRange(max = 200) int b)
      throws IOException {
    List<Content> slices = new ArrayList<>();
    int from = 0;
    for (int cut : cuts.stream().sorted().toList()) {
      int to = Math.min(cut, whole.length);
      slices.add(Content.of(Arrays.copyOfRange(whole, from, to)));
      from = to;
    }
    slices.add(Content.of(Arrays.copyOfRange(whole, from, whole.length)));
    Content joined = new JoinedContent(slices);
    assertThat(joined.size()).isEqualTo(whole.length);
    int start = Math.min(Math.min(a, b), whole.length);
    int end = Math.min(Math.max(a, b), whole.length);
    ByteBuffer stretch = ByteBuffer.allocate(end - start);
    joined.read(start, stretch);
    assertThat(stretch.array()).isEqualTo(Arrays.copyOfRange(whole, start, end));
  }

  @Test
  void nothingLiesBehindTheLastSlice() {
    Content joined = new JoinedContent(List.of(Content.of(new byte[3])));
    assertThatThrownBy(() -> joined.read(1, ByteBuffer.allocate(3)))
        .isInstanceOf(EOFException.class);
  }
}
