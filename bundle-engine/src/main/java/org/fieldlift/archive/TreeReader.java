package org.fieldlift.archive;

import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// The reading end of packing: turns entries into tar, fills blocks with it, and takes each file's
/// digest on the way.
final class TreeReader {
  private final Conveyor conveyor;
  private final Progress progress;
  private final Cancellation cancellation;
  private final ByteBuffer head = ByteBuffer.allocate(AlreadyCompressed.HEAD);
  private final Digest.Hasher hasher = new Digest.Hasher();
  private final CRC32 crc = new CRC32();
  private long length;
  private Block block;

  TreeReader(Conveyor conveyor, Progress progress, Cancellation cancellation)
      throws InterruptedException {
    this.conveyor = conveyor;
    this.progress = progress;
    this.cancellation = cancellation;
    this.block = conveyor.empty().begin(false);
  }

  /// Reads all parts and the end mark.
  ///
  /// @param parts the leaves' entries, in the same order
  /// @return the entries with their digests
  List<Entry> read(List<Leaf> leaves, List<List<Entry>> parts)
      throws IOException, InterruptedException {
    List<Entry> entries = new ArrayList<>();
    for (List<Entry> part : parts) {
      int end = entries.size() + part.size();
      while (entries.size() < end) entries.add(read(leaves.get(entries.size())));
      endPart();
    }
    store(true);
    put(new byte[TarHeader.END_MARK], TarHeader.END_MARK);
    endPart();
    return List.copyOf(entries);
  }

  private Entry read(Leaf leaf) throws IOException, InterruptedException {
    cancellation.check();
    Entry entry = leaf.entry();
    store(false);
    byte[] header = TarHeader.of(entry);
    put(header, header.length);
    try {
      if (!leaf.graft().look(entry.path()).equals(entry)) throw changed(entry);
      if (entry.type() != Entry.Type.FILE) return entry;
      content(leaf);
    } catch (AccessDeniedException e) {
      throw new Problem(
          Problem.Kind.FAILED,
          shown(entry.path()) + " cannot be read.",
          "Give yourself the right to read it, then try again.",
          e);
    } catch (FileSystemException e) { // gone, or a link by now
      throw changed(entry);
    }
    int padding = TarHeader.padding(entry.size());
    put(new byte[padding], padding);
    Digest digest = hasher.digest();
    Digest proven = leaf.graft().proven();
    if (proven != null && !proven.equals(digest)) throw damaged(entry, proven);
    return new Entry(entry.path(), entry.type(), entry.mode(), entry.size(), digest, null);
  }

  private void content(Leaf leaf) throws IOException, InterruptedException {
    Entry entry = leaf.entry();
    try (ReadableByteChannel channel = leaf.graft().open(entry.path())) {
      long left = entry.size();
      if (left >= AlreadyCompressed.SMALLEST) {
        head.clear().limit((int) Math.min(head.capacity(), left));
        while (head.hasRemaining()) if (channel.read(head) < 0) throw changed(entry);
        int count = head.position();
        store(AlreadyCompressed.isSo(head.array(), count, left));
        put(head.array(), count);
        hasher.update(head.array(), 0, count);
        progress.advance(count);
        left -= count;
      }
      while (left > 0) {
        ByteBuffer room = room();
        room.limit(room.position() + (int) Math.min(left, room.remaining()));
        int start = room.position();
        int count = channel.read(room);
        if (count < 0) throw changed(entry);
        hasher.update(room.array(), start, count);
        added(room.array(), start, count);
        progress.advance(count);
        left -= count;
      }
      if (channel.read(head.clear()) >= 0) throw changed(entry);
    }
  }

  private void put(byte[] bytes, int count) throws InterruptedException, IOException {
    int done = 0;
    while (done < count) {
      ByteBuffer room = room();
      int start = room.position();
      int some = Math.min(room.remaining(), count - done);
      room.put(bytes, done, some);
      added(room.array(), start, some);
      done += some;
    }
  }

  private ByteBuffer room() throws InterruptedException, IOException {
    ByteBuffer room = block.room();
    if (room.hasRemaining()) return room;
    cancellation.check();
    nextBlock(block.isStored());
    return block.room();
  }

  private void added(byte[] bytes, int start, int count) {
    crc.update(bytes, start, count);
    block.added(count);
    length += count;
  }

  /// From here on bytes are stored, or deflated.
  private void store(boolean stored) throws InterruptedException {
    if (block.isStored() == stored) return;
    if (block.isEmpty()) block.begin(stored);
    else nextBlock(stored);
  }

  private void nextBlock(boolean stored) throws InterruptedException {
    conveyor.send(block);
    block = conveyor.empty().begin(stored);
  }

  private void endPart() throws InterruptedException {
    if (!block.isEmpty()) nextBlock(false);
    conveyor.send(new Conveyor.Load.PartEnd((int) crc.getValue(), length));
    crc.reset();
    length = 0;
  }

  private static Problem damaged(Entry entry, Digest proven) {
    return Problem.failed(
        shown(entry.path()) + " is damaged: its content is not " + proven.brief() + "….",
        "Remove it where it is kept, get it again, then pack again.");
  }

  private static Problem changed(Entry entry) {
    return ArchiveWriter.changed(entry.path());
  }
}
