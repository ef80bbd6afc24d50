package org.fieldlift.archive;

import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
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
  private final Digest.Hasher hasher = new Digest.Hasher();

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
    return write(tree, scanned, EarlierParts.NONE, sink, progress, cancellation);
  }

  /// The same, with parts that were made before: a file that is a part of its own, and whose digest
  /// is proven, is not read again when its part is there.
  public static Written write(
      Tree tree,
      List<Entry> scanned,
      EarlierParts earlier,
      PartSink sink,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    List<Leaf> leaves = TreeScan.of(tree);
    requireUnchanged(scanned, entries(leaves));
    progress.expect(scanned.stream().mapToLong(Entry::size).sum());
    try (Conveyor conveyor = new Conveyor()) {
      conveyor.start(() ->
          new TreeReader(leaves, earlier, conveyor, progress, cancellation)
              .read(Parts.of(scanned)));
      return new ArchiveWriter(sink, conveyor).write();
    }
  }

  /// @param entries in archive order, with digests
  /// @param parts in archive order
  /// @param reused bytes of the parts that were made before
  public record Written(List<Entry> entries, List<Part> parts, long reused) {}

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
    long reused = 0;
    while (true) {
      switch (conveyor.next()) {
        case Conveyor.Load.Bytes first -> parts.add(part(first));
        case Conveyor.Load.Whole(EarlierParts.Made(Part part, Path file)) -> {
          sink.take(part, file);
          parts.add(part);
          reused += part.size();
        }
        case Conveyor.Load.Done(List<Entry> entries) -> {
          return new Written(entries, List.copyOf(parts), reused);
        }
        case Conveyor.Load.PartEnd _ -> throw new IllegalStateException("a part without bytes");
      }
    }
  }

  private Part part(Conveyor.Load.Bytes first) throws IOException {
    OutputStream out = sink.begin();
    WritableByteChannel channel = channel(out);
    long size = write(Gzip.header(0), out);
    Conveyor.Load load = first;
    while (load instanceof Conveyor.Load.Bytes(Block block)) {
      conveyor.hash(block, hasher);
      ByteBuffer packed = block.packed();
      size += packed.remaining();
      while (packed.hasRemaining()) channel.write(packed);
      conveyor.giveBack(block);
      load = conveyor.next();
    }
    if (!(load instanceof Conveyor.Load.PartEnd(int crc, long length))) {
      throw new IllegalStateException("a part without an end");
    }
    size += write(Gzip.end(crc, length), out);
    Part part = new Part(conveyor.digest(hasher), size);
    sink.end(part);
    return part;
  }

  private int write(byte[] bytes, OutputStream out) throws IOException {
    conveyor.hash(bytes, hasher);
    out.write(bytes);
    return bytes.length;
  }

  /// Takes bytes from outside Java's heap, without copying them where the stream can.
  private static WritableByteChannel channel(OutputStream out) {
    return out instanceof WritableByteChannel direct ? direct : Channels.newChannel(out);
  }
}
