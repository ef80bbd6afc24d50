package org.fieldlift.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryListTest {
  private static final Digest DIGEST = Digest.of(new byte[0]);

  @Property(tries = 200)
  void pathsAreOrderedByTheirBytes(@ForAll int[] one, @ForAll int[] other) {
    String a = text(one);
    String b = text(other);
    assertThat(Integer.signum(EntryList.BYTE_ORDER.compare(a, b)))
        .isEqualTo(Integer.signum(Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8))));
  }

  @Test
  void charactersBeyondTheBasicPlaneComeLast() {
    assertThat(EntryList.BYTE_ORDER.compare("\uffee", "🔬")).isNegative();
    assertThat("\uffee".compareTo("🔬")).isPositive();
  }

  @Test
  void aListAsItIsWrittenIsSound() {
    assertThatCode(() -> EntryList.requireSound(List.of(folder("a"), file("a-b"), file("a/b"))))
        .doesNotThrowAnyException();
    assertThatCode(() -> EntryList.requireSound(List.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a", "a/", ".", "..", "../a", "a/..", "a/../b", "a//b", "./a"})
  void pathsThatLeadOutAreRefused(String path) {
    refuses("is not a path inside the release", file(path));
  }

  @Test
  void namesThatNoFileCanHaveAreRefused() {
    refuses("not valid Unicode", file("a\0b"));
    refuses("not valid Unicode", file("\ud800"));
    refuses("a name longer than 255 bytes", file("µ".repeat(128)));
    refuses("a path longer than 4096 bytes", file("a/".repeat(2048) + "b"));
  }

  @Test
  void repeatedAndUnsortedEntriesAreRefused() {
    refuses("\"a\" is repeated or not in its place", file("a"), file("a"));
    refuses("\"a\" is repeated or not in its place", file("b"), file("a"));
    refuses("\"a\" is repeated or not in its place", folder("a"), file("a"));
  }

  @Test
  void entriesThroughAFileOrLinkAreRefused() {
    refuses("which is not a listed folder", file("a"), file("a/b"));
    refuses("which is not a listed folder", link("a", "/etc"), file("a/b"));
    refuses("which is not a listed folder", file("a/b"));
  }

  @Test
  void impossibleFactsAreRefused() {
    refuses("impossible mode", new Entry("a", Entry.Type.FILE, 010000, 0, DIGEST, null));
    refuses("impossible mode", new Entry("a", Entry.Type.FILE, -1, 0, DIGEST, null));
    refuses("impossible size", new Entry("a", Entry.Type.FILE, 0644, -1, DIGEST, null));
    refuses("impossible size", new Entry("a", Entry.Type.FILE, 0644, 1L << 62, DIGEST, null));
    refuses("impossible size", new Entry("a", Entry.Type.DIRECTORY, 0755, 1, null, null));
    refuses("no digest", new Entry("a", Entry.Type.FILE, 0644, 0, null, null));
    refuses("digest but is not", new Entry("a", Entry.Type.DIRECTORY, 0755, 0, DIGEST, null));
    refuses("target but is not", new Entry("a", Entry.Type.FILE, 0644, 0, DIGEST, "b"));
    refuses("without a target", new Entry("a", Entry.Type.SYMLINK, 0777, 0, null, null));
    refuses("without a target", link("a", ""));
    refuses("too long or not valid", link("a", "b\0"));
    refuses("too long or not valid", link("a", "b".repeat(4096)));
  }

  @Test
  void moreEntriesThanAnybodyHasAreRefused() {
    List<Entry> many = Collections.nCopies(EntryList.MOST_ENTRIES + 1, file("a"));
    assertThatThrownBy(() -> EntryList.requireSound(many)).hasMessageContaining("at most 1000000");
  }

  @Test
  void foreignNamesAreShownPlainly() {
    refuses("\"<U+001B>[2J/..\"", file("\u001b[2J/.."));
  }

  private static void refuses(String words, Entry... entries) {
    assertThatThrownBy(() -> EntryList.requireSound(List.of(entries)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE))
        .hasMessageContaining(words);
  }

  private static String text(int[] points) {
    StringBuilder text = new StringBuilder();
    for (int point : points) {
      int valid = Math.floorMod(point, 0x110000);
      text.appendCodePoint(valid >= 0xd800 && valid < 0xe000 ? 'a' : valid);
    }
    return text.toString();
  }

  private static Entry file(String path) {
    return new Entry(path, Entry.Type.FILE, 0644, 0, DIGEST, null);
  }

  private static Entry folder(String path) {
    return new Entry(path, Entry.Type.DIRECTORY, 0755, 0, null, null);
  }

  private static Entry link(String path, String target) {
    return new Entry(path, Entry.Type.SYMLINK, 0777, 0, null, target);
  }
}
