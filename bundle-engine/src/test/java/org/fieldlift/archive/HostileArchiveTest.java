package org.fieldlift.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.junit.jupiter.api.Test;

/// Every way to tamper with an archive that we could think of, and that each is found and named.
class HostileArchiveTest {
  private static final List<Forge.Item> ITEMS =
      List.of(
          Forge.file("a", "first content"),
          Forge.folder("b"),
          Forge.file("b/file", "second content"),
          Forge.link("b/link", "file"),
          Forge.file("größe", "third content"));
  private static final List<Entry> SIGNED = ITEMS.stream().map(Forge.Item::entry).toList();

  @Test
  void theArchiveAsItWasSignedIsGenuine() throws Exception {
    assertThat(Packed.check(SIGNED, archive(Forge.tar(ITEMS)), EntrySink.NOTHING)).hasSize(2);
  }

  @Test
  void anExtraEntryIsFound() {
    refuses(items -> items.add(2, Forge.file("b/evil", "x")), "there is \"b/evil\"");
    refuses(items -> items.add(Forge.file("z", "x")), "goes on behind its last entry");
  }

  @Test
  void aMissingEntryIsFound() {
    refuses(items -> items.remove(2), "where \"b/file\" should be, there is \"b/link\"");
    refuses(items -> items.removeLast(), "\"größe\" is missing");
  }

  @Test
  void aRepeatedEntryIsFound() {
    refuses(items -> items.add(1, items.getFirst()), "where \"b\" should be, there is \"a\"");
  }

  @Test
  void reorderedEntriesAreFound() {
    refuses(items -> Collections.swap(items, 2, 3), "where \"b/file\" should be");
  }

  @Test
  void aRenamedEntryIsFound() {
    refuses(items -> items.set(0, Forge.file("/a", "first content")), "there is \"/a\"");
    refuses(items -> items.set(2, Forge.file("b/../a", "second content")), "there is \"b/../a\"");
    refuses(
        items -> items.set(4, Forge.file("gr\u202eße", "third content")),
        "\"größe\" has another name");
  }

  @Test
  void anotherTypeIsFound() {
    refuses(items -> items.set(3, Forge.folder("b/link")), "\"b/link/\"");
    refuses(items -> items.set(0, Forge.link("a", "/etc/shadow")), "\"a\" has another type");
    refusesHeader(header -> header[156] = '3', "\"a\" has another type");
  }

  @Test
  void anotherModeOwnerTimeOrHiddenFieldIsFound() {
    Entry setuid = new Entry("a", Entry.Type.FILE, 04755, 13, null, null);
    refuses(
        items -> items.set(0, new Forge.Item(setuid, ITEMS.getFirst().content())),
        "\"a\" has another mode");
    refusesHeader(header -> header[114] = '1', "\"a\" has another owner");
    refusesHeader(header -> header[146] = '7', "\"a\" has another time");
    refusesHeader(header -> header[300] = 'r', "\"a\" has another header");
    refusesHeader(header -> header[510] = 'x', "\"a\" has another header");
    refusesHeader(header -> header[90] = 'x', "where \"a\" should be");
  }

  @Test
  void anotherLinkTargetIsFound() {
    refuses(
        items -> items.set(3, Forge.link("b/link", "/etc")), "\"b/link\" has another link target");
  }

  @Test
  void anotherContentIsFound() {
    refuses(items -> items.set(0, Forge.file("a", "FIRST content")), "\"a\" has another content");
    refuses(items -> items.set(0, Forge.file("a", "first content and more")), "another size");
    refuses(items -> items.set(0, Forge.file("a", "first")), "another size");
  }

  @Test
  void anUnlistedPaxHeaderIsFound() {
    byte[] pax = TarHeader.of(new Entry("ä", Entry.Type.FILE, 0644, 13, null, null));
    byte[] tar = Forge.tar(ITEMS);
    refusesTar(Forge.join(pax, Arrays.copyOfRange(tar, 512, tar.length)), "\"a\" has");
  }

  @Test
  void bytesHiddenInThePaddingAreFound() {
    byte[] tar = Forge.tar(ITEMS);
    tar[512 + 100] = 1;
    refusesTar(tar, "other bytes than there should be at \"a\"");
  }

  @Test
  void bytesBehindTheLastEntryAreFound() {
    refusesTar(Forge.join(Forge.tar(ITEMS), new byte[1]), "goes on behind its last entry");
    refusesTar(Forge.join(Forge.tar(ITEMS), new byte[1024]), "goes on behind its last entry");
  }

  @Test
  void anArchiveThatEndsInAnEntryIsFound() {
    byte[] tar = Forge.tar(ITEMS);
    refusesTar(Arrays.copyOf(tar, 100), "\"a\" is missing");
    refusesTar(Arrays.copyOf(tar, 520), "\"a\" ends too early");
    refusesTar(Arrays.copyOf(tar, 600), "at \"a\"");
    refusesTar(Arrays.copyOf(tar, 1024), "\"b\" is missing");
    refusesTar(new byte[1024], "\"a\" is missing");
  }

  @Test
  void anotherEndMarkIsFound() {
    byte[] part = Forge.member(Forge.tar(ITEMS));
    byte[] mark = new byte[1024];
    mark[1023] = 1;
    refusesBytes(Forge.join(part, Forge.member(mark)), "the end of the archive");
    refusesBytes(Forge.join(part, Forge.member(new byte[512])), "the end of the archive");
    refusesBytes(Forge.join(part, Forge.member(new byte[1536])), "goes on behind its last entry");
    refusesBytes(part, "The end of the archive is missing");
    refusesBytes(new byte[0], "\"a\" is missing");
  }

  @Test
  void bytesBehindTheEndAreFound() {
    byte[] whole = archive(Forge.tar(ITEMS));
    refusesBytes(Forge.join(whole, new byte[] {1}), "goes on behind its end");
    refusesBytes(Forge.join(whole, Forge.end()), "goes on behind its end");
  }

  @Test
  void anEmptyPartIsFound() {
    byte[] part = Forge.member(Forge.tar(ITEMS));
    byte[] empty = Forge.member(new byte[0]);
    refusesBytes(Forge.join(empty, part, Forge.end()), "\"a\" is missing");
    refusesBytes(Forge.join(part, empty, Forge.end()), "the end of the archive");
  }

  @Test
  void swappedRepeatedOrMissingPartsAreFound() {
    byte[] one = Forge.member(Forge.tar(ITEMS.subList(0, 2)));
    byte[] two = Forge.member(Forge.tar(ITEMS.subList(2, 5)));
    refusesBytes(Forge.join(two, one, Forge.end()), "where \"a\" should be");
    refusesBytes(Forge.join(one, one, Forge.end()), "where \"b/file\" should be");
    refusesBytes(Forge.join(one, Forge.end()), "\"b/file\" is missing");
    refusesBytes(one, "\"b/file\" is missing");
  }

  @Test
  void bytesBehindAPartsOwnFileAreFound() throws Exception {
    byte[] one = Forge.member(Forge.tar(ITEMS.subList(0, 2)));
    byte[] two = Forge.member(Forge.tar(ITEMS.subList(2, 5)));
    ArchiveCheck check = check(EntrySink.NOTHING);
    check.part(stream(Forge.join(one, new byte[] {7})), OutputStream.nullOutputStream());
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> check.part(stream(two), OutputStream.nullOutputStream()));
    assertThat(problem).hasMessage("There are bytes behind the end of a part.");
  }

  @Test
  void namesAndCommentsInTheGzipHeaderAreFound() {
    byte[] tar = Forge.tar(ITEMS);
    for (int flags : new int[] {1, 2, 4, 8, 16, 32, 128}) {
      byte[] header = Forge.join(Gzip.header(flags), new byte[] {1, 0, 0});
      refusesBytes(Forge.member(header, Forge.deflate(tar), tar), "does not begin as");
    }
    byte[] dated = Gzip.header(0);
    dated[4] = 1;
    refusesBytes(Forge.member(dated, Forge.deflate(tar), tar), "does not begin as");
    refusesBytes("<html>not found</html>".getBytes(UTF_8), "does not begin as");
  }

  @Test
  void aWrongChecksumOrLengthIsFound() {
    byte[] part = Forge.member(Forge.tar(ITEMS));
    for (int back : new int[] {1, 5}) {
      byte[] damaged = part.clone();
      damaged[part.length - back] ^= 1;
      refusesBytes(Forge.join(damaged, Forge.end()), "its checksum is wrong");
    }
  }

  @Test
  void anUnsoundListIsRefusedBeforeAnythingIsRead() {
    List<Entry> escaping = List.of(Forge.file("../a", "x").entry());
    InputStream unread = stream(Forge.end());
    ArchiveCheck check =
        new ArchiveCheck(escaping, EntrySink.NOTHING, new Progress("check"), new Cancellation());
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> check.part(unread, OutputStream.nullOutputStream()));
    assertThat(problem).hasMessageContaining("\"../a\" is not a path inside the release");
  }

  @Test
  void aSinkNeverSeesAnEntryThatDiffers() {
    List<String> seen = new ArrayList<>();
    EntrySink sink =
        new EntrySink() {
          @Override
          public void directory(Entry entry) {
            seen.add(entry.path());
          }

          @Override
          public void symlink(Entry entry) {
            seen.add(entry.path());
          }

          @Override
          public OutputStream file(Entry entry) {
            seen.add(entry.path());
            return OutputStream.nullOutputStream();
          }
        };
    List<Forge.Item> items = new ArrayList<>(ITEMS);
    items.set(2, Forge.link("b/file", "/etc/passwd"));
    InputStream raw = stream(archive(Forge.tar(items)));
    assertThatThrownBy(() -> check(sink).part(raw, OutputStream.nullOutputStream()))
        .isInstanceOf(Problem.class);
    assertThat(seen).containsExactly("a", "b");
  }

  /// The bits that pad a deflate block to a whole byte carry no content: flipping one of them
  /// yields the same entries, and another part digest.
  @Property(tries = 150)
  void aFlippedBitIsRefusedOrYieldsTheSameEntriesUnderAnotherDigest(
      @ForAll @IntRange(max = 9999) int place, @ForAll @IntRange(max = 7) int bit)
      throws IOException {
    byte[] whole = archive(Forge.tar(ITEMS));
    byte[] damaged = whole.clone();
    damaged[place % damaged.length] ^= (byte) (1 << bit);
    try {
      assertThat(Packed.check(SIGNED, damaged, EntrySink.NOTHING))
          .isNotEqualTo(Packed.check(SIGNED, whole, EntrySink.NOTHING));
    } catch (Problem problem) {
      assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE);
    }
  }

  @Property(tries = 100)
  void everyTruncationIsFound(@ForAll @IntRange(max = 9999) int length) {
    byte[] whole = archive(Forge.tar(ITEMS));
    refusesBytes(Arrays.copyOf(whole, length % whole.length), "");
  }

  private static void refuses(Consumer<List<Forge.Item>> tampering, String words) {
    List<Forge.Item> items = new ArrayList<>(ITEMS);
    tampering.accept(items);
    refusesTar(Forge.tar(items), words);
  }

  private static void refusesHeader(Consumer<byte[]> tampering, String words) {
    byte[] tar = Forge.tar(ITEMS);
    tampering.accept(tar);
    refusesTar(tar, words);
  }

  private static void refusesTar(byte[] tar, String words) {
    refusesBytes(archive(tar), words);
  }

  private static void refusesBytes(byte[] archive, String words) {
    Problem problem =
        catchThrowableOfType(Problem.class, () -> Packed.check(SIGNED, archive, EntrySink.NOTHING));
    assertThat(problem).as("a problem with words " + words).isNotNull();
    assertThat(problem).hasMessageContaining(words);
    assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE);
  }

  private static byte[] archive(byte[] tar) {
    return Forge.join(Forge.member(tar), Forge.end());
  }

  private static ArchiveCheck check(EntrySink sink) {
    return new ArchiveCheck(SIGNED, sink, new Progress("checking"), new Cancellation());
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }
}
