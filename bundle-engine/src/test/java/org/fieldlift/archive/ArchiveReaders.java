package org.fieldlift.archive;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.fieldlift.fuzz.ForeignReader;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// The one reader of archives, which was promised these entries. No more than was promised is ever
/// handed on.
public final class ArchiveReaders {
  private static final List<Forge.Item> PROMISED =
      List.of(
          Forge.folder("a"),
          Forge.file("a/text", "some words"),
          Forge.link("a/way", "text"),
          Forge.file("b", "x".repeat(700)));

  private ArchiveReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of("archive", ArchiveReaders::archive);
  }

  private static void archive(byte[] bytes) throws Exception {
    Counted counted = new Counted();
    List<Entry> signed = PROMISED.stream().map(Forge.Item::entry).toList();
    ArchiveCheck check =
        new ArchiveCheck(signed, counted, new Progress("fuzzing"), new Cancellation());
    RawStream raw = RawStream.of(new ByteArrayInputStream(bytes));
    while (!raw.isAtEnd()) check.part(raw, OutputStream.nullOutputStream());
    check.finish();
    if (counted.left != 0) throw new AssertionError("something is missing");
  }

  /// Takes what is handed on, and no byte more than was promised.
  private static final class Counted implements EntrySink {
    private long left = PROMISED.stream().mapToLong(item -> item.content().length).sum();

    @Override
    public void directory(Entry entry) {}

    @Override
    public void symlink(Entry entry) {}

    @Override
    public OutputStream file(Entry entry) {
      return new OutputStream() {
        @Override
        public void write(int one) {
          if (--left < 0) throw new AssertionError("more was handed on than was promised");
        }
      };
    }
  }
}
