package org.fieldlift.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;

/// The law of the archive: what was packed, checked and unpacked is what was there.
class ArchiveIdentityTest {

  /// What a random tree is grown from; what cannot be (a file where a folder is) is left out.
  record Seed(List<String> names, int kind, int mode, int size, String target) {}

  @Property(tries = 40)
  void unpackingRestoresWhatWasPacked(@ForAll("trees") List<Seed> seeds) throws IOException {
    Path temporary = Files.createTempDirectory("identity");
    try {
      Path tree = grow(Files.createDirectory(temporary.resolve("tree")), seeds);
      Path twin = Files.createDirectory(temporary.resolve("twin"));
      Packed packed = Packed.of(tree);
      packed.unpack(twin);
      assertThat(Trees.look(twin)).isEqualTo(Trees.look(tree));
      assertThat(Packed.check(packed.entries(), packed.archive(), EntrySink.NOTHING))
          .isEqualTo(packed.parts());
    } finally {
      remove(temporary);
    }
  }

  @Property(tries = 15)
  void partsCanBeReadOneByOneAndTheCopyIsWhatWasRead(@ForAll("trees") List<Seed> seeds)
      throws IOException {
    Path temporary = Files.createTempDirectory("identity");
    try {
      Packed packed = Packed.of(grow(temporary, seeds));
      ArchiveCheck check =
          new ArchiveCheck(
              packed.entries(), EntrySink.NOTHING, new Progress("checking"), new Cancellation());
      for (byte[] part : packed.bytes()) {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        check.part(new ByteArrayInputStream(part), copy);
        assertThat(copy.toByteArray()).isEqualTo(part);
      }
      assertThat(check.isComplete()).isTrue();
      check.finish();
    } finally {
      remove(temporary);
    }
  }

  @Property(tries = 40)
  void packingGraftsIsPackingTheFolderTheyDescribe(
      @ForAll("trees") List<Seed> seeds, @ForAll Random random) throws IOException {
    Path temporary = Files.createTempDirectory("identity");
    try {
      Path tree = grow(temporary, seeds);
      Packed whole = Packed.of(tree);
      Packed grafted = Packed.of(cut(tree, whole.entries(), random));
      assertThat(grafted.entries()).isEqualTo(whole.entries());
      assertThat(grafted.archive()).isEqualTo(whole.archive());
    } finally {
      remove(temporary);
    }
  }

  /// The same tree as grafts: some of its files and folders are taken out and put back, each in one
  /// of the ways there are.
  private static Tree cut(Path tree, List<Entry> entries, Random random) throws IOException {
    Set<String> out = new HashSet<>();
    List<UnaryOperator<Tree>> back = new ArrayList<>();
    for (Entry entry : entries) {
      boolean isOut = out.stream().anyMatch(folder -> entry.path().startsWith(folder + "/"));
      if (isOut || entry.type() == Entry.Type.SYMLINK || random.nextInt(3) == 0) continue;
      String at = entry.path();
      Path place = tree.resolve(at);
      boolean stays = entry.type() == Entry.Type.FILE && random.nextBoolean();
      if (!stays) out.add(at);
      byte[] bytes = entry.type() == Entry.Type.FILE ? Files.readAllBytes(place) : new byte[0];
      boolean lies = random.nextBoolean();
      back.add(grafts -> {
        if (entry.type() == Entry.Type.DIRECTORY) {
          return grafts.folder(at, place).directory(at, entry.mode());
        }
        return lies
            ? grafts.file(at, place, Digest.of(bytes))
            : grafts.bytes(at, entry.mode(), bytes);
      });
    }
    Tree grafts = Tree.EMPTY.folder("", tree, out);
    for (UnaryOperator<Tree> each : back) grafts = each.apply(grafts);
    return grafts;
  }

  @Provide
  Arbitrary<List<Seed>> trees() {
    Arbitrary<String> name =
        Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of("a", "b", "a-b", "a.b", "A", "ä")),
                Tuple.of(
                    2,
                    Arbitraries.of(
                        " ",
                        "-rf",
                        "new\nline",
                        "$(reboot)",
                        "..a",
                        "\ufffd",
                        "\uffee",
                        "🔬",
                        "\u202ex")),
                Tuple.of(1, Arbitraries.of("n".repeat(120), "µ".repeat(100))))
            .map(String.class::cast);
    return Combinators.combine(
            name.list().ofMinSize(1).ofMaxSize(5),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 07777),
            Arbitraries.of(0, 1, 511, 512, 513, 20_000, 70_000),
            Arbitraries.of("a", "../..", "/etc/passwd", "µ", "t".repeat(101), "no/such"))
        .as(Seed::new)
        .list()
        .ofMaxSize(15);
  }

  private static Path grow(Path tree, List<Seed> seeds) throws IOException {
    for (Seed seed : seeds) {
      Path place = tree;
      for (String name : seed.names()) {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) Files.createDirectory(place);
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) break;
        place = place.resolve(name);
      }
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) continue;
      switch (seed.kind()) {
        case 0 -> {
          Files.createDirectory(place);
          Files.setAttribute(place, "unix:mode", seed.mode() | 0700);
        }
        case 1 -> Files.createSymbolicLink(place, Path.of(seed.target()));
        default -> {
          byte[] bytes = seed.kind() == 2 ? new byte[seed.size()] : Trees.noise(seed.size(), 5);
          Files.write(place, bytes);
          Files.setAttribute(place, "unix:mode", seed.mode() | 0400);
        }
      }
    }
    return tree;
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException trouble)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
