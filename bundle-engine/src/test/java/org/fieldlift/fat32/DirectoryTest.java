package org.fieldlift.fat32;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

/// Directory entries, written and read.
class DirectoryTest {
  private static final DosTime TIME = DosTime.of(Instant.parse("2026-03-01T12:34:56Z"));

  @Property(tries = 100)
  void everyEntryIsReadAsItWasWritten(
      @ForAll @Size(max = 30)
          Set<@StringLength(min = 1, max = 255) @CharRange(from = '0', to = '\u06FF') String> set)
      throws Problem {
    List<String> names =
        set.stream().filter(name -> name.chars().noneMatch(unit -> unit == '\\')).toList();
    ShortNames shortNames = new ShortNames(names);
    int count = names.stream().mapToInt(LongName::entries).sum();
    DirectoryWriter writer = new DirectoryWriter(count, TIME);
    for (String name : names) {
      int cluster = name.hashCode() >>> 4;
      writer.named(name, shortNames.next(name), DirectoryWriter.FILE, cluster, 0xFFFFFFFFL);
    }

    Directory directory = DirectoryReader.read(writer.bytes(), "", "test drive");

    assertThat(directory.entries().stream().map(Directory.Entry::name))
        .containsExactlyElementsOf(names);
    for (Directory.Entry entry : directory.entries()) {
      assertThat(entry.cluster()).isEqualTo(entry.name().hashCode() >>> 4);
      assertThat(entry.size()).isEqualTo(0xFFFFFFFFL);
      assertThat(entry.isFolder()).isFalse();
    }
  }

  @Test
  void aLongNameIsLaidOutAsTheSpecificationShows() {
    String name = "The quick brown.fox";
    DirectoryWriter writer = new DirectoryWriter(3, TIME);
    writer.named(name, "THEQUI~1.FOX", DirectoryWriter.FILE, 0x00345678, 0x12345);

    String[] entries = HexFormat.of().formatHex(writer.bytes()).split("(?<=\\G.{64})");

    assertThat(entries)
        .containsExactly(
            "42"
                + "77006e002e0066006f00"
                + "0f0007"
                + "7800"
                + "0000ffffffffffffffff"
                + "0000"
                + "ffffffff",
            "01"
                + "54006800650020007100"
                + "0f0007"
                + "7500690063006b0020006200"
                + "0000"
                + "72006f00",
            "544845515549"
                + "7e31"
                + "464f58"
                + "200000"
                + "5c64"
                + "615c"
                + "615c"
                + "3400"
                + "5c64"
                + "615c"
                + "7856"
                + "45230100");
  }

  @Property(tries = 200)
  void anyBytesAreADirectoryOrDamage(@ForAll Random random) {
    byte[] bytes = new byte[32 * (1 + random.nextInt(40))];
    random.nextBytes(bytes);
    for (int at = 11; at < bytes.length; at += 32) {
      if (random.nextBoolean()) bytes[at] = DirectoryWriter.LONG_NAME;
    }
    try {
      for (Directory.Entry entry : DirectoryReader.read(bytes, "x", "test drive").entries()) {
        assertThat(entry.name()).isNotEmpty().doesNotContain("/", "\\", "\0").isNotIn(".", "..");
        assertThat(entry.size()).isBetween(0L, 0xFFFFFFFFL);
        assertThat(entry.cluster()).isBetween(0L, 0x0FFFFFFFL);
      }
    } catch (Problem problem) {
      assertThat(problem).hasMessageStartingWith("The file system on test drive is damaged");
    }
  }

  @Test
  void entriesAfterTheEndMarkAreNotRead() throws Problem {
    DirectoryWriter writer = new DirectoryWriter(3, TIME);
    writer.named("A", "A", DirectoryWriter.FILE, 3, 1);
    byte[] bytes = writer.bytes();
    System.arraycopy(bytes, 0, bytes, 64, 32);
    bytes[64] = 'B';

    assertThat(DirectoryReader.read(bytes, "", "test drive").entries()).hasSize(1);
  }

  @Test
  void aLongNameWithoutItsShortOneIsForgotten() throws Problem {
    DirectoryWriter writer = new DirectoryWriter(3, TIME);
    writer.named("lost", "LOST", DirectoryWriter.FILE, 3, 1);
    writer.named("KEPT", "KEPT", DirectoryWriter.FILE, 4, 1);
    byte[] bytes = writer.bytes();
    bytes[32] = (byte) 0xE5;

    assertThat(DirectoryReader.read(bytes, "", "test drive").entries())
        .extracting(Directory.Entry::name)
        .containsExactly("KEPT");
  }

  @Test
  void theFirstLabelCounts() throws Problem {
    DirectoryWriter writer = new DirectoryWriter(2, TIME);
    writer.label(Label.of("FIRST"));
    writer.label(Label.of("SECOND"));

    assertThat(DirectoryReader.read(writer.bytes(), "", "test drive").label()).isEqualTo("FIRST");
  }

  @Test
  void twoEntriesOfOneNameAreDamage() {
    DirectoryWriter writer = new DirectoryWriter(2, TIME);
    writer.named("A", "A", DirectoryWriter.FILE, 3, 1);
    writer.named("A", "A", DirectoryWriter.FOLDER, 4, 0);

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> DirectoryReader.read(writer.bytes(), "up", "test drive"))
        .withMessageContaining("\"up/A\" is there twice");
  }
}
