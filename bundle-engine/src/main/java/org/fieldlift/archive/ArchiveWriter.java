package org.fieldlift.archive;

import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// Writes a tree as the parts of an archive, in one pass over its bytes.
///
/// The same tree gives the same bytes. What is compressed already is stored, the rest is deflated
/// on all cores.
public final class ArchiveWriter {
  private final PartSink sink;
  private final Conveyor conveyor;

  private ArchiveWriter(PartSink sink, Conveyor conveyor) {
    this.sink = sink;
    this.conveyor = conveyor;
  }

  /// Lists a tree without reading its files: every entry, sorted, digests still absent. The result
  /// has exactly the paths and sizes that [#write] will yield, so the length of `release.json` is
  /// known before the first byte is packed.
  ///
  /// @throws Problem for devices, pipes, sockets, names that are not valid UTF-8 and grafts that
  ///   collide
  public static List<Entry> scan(Tree tree) throws IOException {
    return entries(TreeScan.of(tree));
  }

  /// Writes all parts in archive order, the last being the end-of-archive mark.
  ///
  /// @param scanned what [#scan] said of the same tree; a tree that changed since is refused
  /// @param progress expects and advances by the files' plain bytes
  public static Written write(
      Tree tree, List<Entry> scanned, PartSink sink, Progress progress, Cancellation cancellation)
      throws IOException {
    List<Leaf> leaves = TreeScan.of(tree);
    requireUnchanged(scanned, entries(leaves));
    progress.expect(scanned.stream().mapToLong(Entry::size).sum());
    try (Conveyor conveyor = new Conveyor()) {
      conveyor.start(
          () -> new TreeReader(conveyor, progress, cancellation).read(leaves, Parts.of(scanned)));
      return new ArchiveWriter(sink, conveyor).write();
    }
  }

  /// @param entries in archive order, with digests
  /// @param parts in archive order
  public record Written(List<Entry> entries, List<Part> parts) {}

  /// The refusal of a tree that is not as it was scanned.
  static Problem changed(String path) {
    return Problem.failed(
        shown(path) + " changed while it was being packed.",
        "Let nothing write to this folder, then try again.");
  }

  private static List<Entry> entries(List<Leaf> leaves) {
    return leaves.stream().map(Leaf::entry).toList();
  }

  private static void requireUnchanged(List<Entry> scanned, List<Entry> now) throws Problem {
    for (int i = 0; i < Math.min(scanned.size(), now.size()); i++) {
      if (!scanned.get(i).equals(now.get(i))) throw changed(scanned.get(i).path());
    }
    if (scanned.size() > now.size()) throw changed(scanned.get(now.size()).path());
    if (scanned.size() < now.size()) throw changed(now.get(scanned.size()).path());
  }

  private Written write() throws IOException {
    List<Part> parts = new ArrayList<>();
    while (true) {
      switch (conveyor.next()) {
        case Conveyor.Load.Bytes first -> parts.add(part(first));
        case Conveyor.Load.Done(List<Entry> entries) -> {
          return new Written(entries, List.copyOf(parts));
        }
        case Conveyor.Load.PartEnd _ -> throw new IllegalStateException("a part without bytes");
      }
    }
  }

  private Part part(Conveyor.Load.Bytes first) throws IOException {
    OutputStream out = sink.begin();
    Digest.Hasher hasher = new Digest.Hasher();
    long size = write(ByteBuffer.wrap(Gzip.header(0)), out, hasher);
    Conveyor.Load load = first;
    while (load instanceof Conveyor.Load.Bytes(Block block)) {
      size += write(block.packed(), out, hasher);
      conveyor.giveBack(block);
      load = conveyor.next();
    }
    if (!(load instanceof Conveyor.Load.PartEnd(int crc, long length))) {
      throw new IllegalStateException("a part without an end");
    }
    size += write(ByteBuffer.wrap(Gzip.end(crc, length)), out, hasher);
    Part part = new Part(hasher.digest(), size);
    sink.end(part);
    return part;
  }

  private static int write(ByteBuffer bytes, OutputStream out, Digest.Hasher hasher)
      throws IOException {
    int length = bytes.remaining();
    out.write(bytes.array(), bytes.position(), length);
    hasher.update(bytes);
    return length;
  }
}
