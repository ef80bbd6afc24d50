package org.fieldlift.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

class HeadMemberTest {
  private static final String RELEASE = "fieldlift/release.json";
  private static final String SIGNATURE = "fieldlift/release.json.sigstore.json";
  private static final List<String> NAMES = List.of(RELEASE, SIGNATURE);

  @Property(tries = 100)
  void aHeadIsExactlyAsLongAsWanted(
      @ForAll @IntRange(max = 200_000) int release,
      @ForAll @IntRange(max = 20_000) int signature,
      @ForAll @IntRange(max = HeadMember.MOST_PADDING) int padding)
      throws IOException {
    List<NamedBytes> files = files(Trees.noise(release, 1), Trees.noise(signature, 2));
    long size = HeadMember.sizeFor(files) + padding;
    byte[] head = HeadMember.write(files, size);
    assertThat(head).hasSize((int) size);
    RawStream raw = RawStream.of(new ByteArrayInputStream(Forge.join(head, new byte[] {42})));
    List<NamedBytes> read = HeadMember.read(raw, NAMES, 200_000);
    assertThat(read.getFirst().bytes()).isEqualTo(files.getFirst().bytes());
    assertThat(read.getLast().bytes()).isEqualTo(files.getLast().bytes());
    assertThat(raw.read()).isEqualTo(42);
    assertThat(raw.isAtEnd()).isTrue();
  }

  @Test
  void aLengthThatCannotBeIsRefused() {
    List<NamedBytes> files = files(new byte[1], new byte[1]);
    long least = HeadMember.sizeFor(files);
    assertThatThrownBy(() -> HeadMember.write(files, least - 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HeadMember.write(files, least + HeadMember.MOST_PADDING + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileBeyondItsLimitIsRefusedBeforeItIsRead() {
    refuses(head(files(new byte[1001], new byte[1])), "larger than anything Fieldlift writes");
  }

  @Test
  void otherFilesAreRefused() {
    refuses(
        head(List.of(new NamedBytes(SIGNATURE, new byte[1]), new NamedBytes(RELEASE, new byte[1]))),
        "\"fieldlift/release.json\" is not in its place");
    refuses(head(List.of(new NamedBytes(RELEASE, new byte[1]))), SIGNATURE);
    refuses(
        head(
            List.of(
                new NamedBytes(RELEASE, new byte[1]),
                new NamedBytes(SIGNATURE, new byte[1]),
                new NamedBytes("evil", new byte[1]))),
        "it holds more than it should");
  }

  @Test
  void aPlainPartIsNotAHead() {
    refuses(Forge.end(), "does not begin as");
    refuses("PK".getBytes(UTF_8), "it ends too early");
  }

  @Test
  void aTruncatedHeadIsRefused() {
    byte[] head = head(files(new byte[600], new byte[600]));
    for (int length = 0; length < head.length; length += 7) {
      refuses(Arrays.copyOf(head, length), "");
    }
  }

  private static void refuses(byte[] head, String words) {
    assertThatThrownBy(
            () -> HeadMember.read(RawStream.of(new ByteArrayInputStream(head)), NAMES, 1000))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(words);
  }

  private static byte[] head(List<NamedBytes> files) {
    return HeadMember.write(files, HeadMember.sizeFor(files) + 100);
  }

  private static List<NamedBytes> files(byte[] release, byte[] signature) {
    return List.of(new NamedBytes(RELEASE, release), new NamedBytes(SIGNATURE, signature));
  }
}
