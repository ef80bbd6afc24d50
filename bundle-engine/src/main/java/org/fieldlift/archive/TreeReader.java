package org.fieldlift.archive;

import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// The reading end of packing: turns entries into tar and fills blocks with it, in which it marks
/// what is a file's content. Files whose part was made before are not read.
final class TreeReader {
  private final Conveyor conveyor;
  private final Progress progress;
  private final Cancellation cancellation;
  private final ByteBuffer head = ByteBuffer.allocate(AlreadyCompressed.HEAD);
  private final List<Leaf> leaves;
  private final EarlierParts earlier;
  private final FileDigests digests;
  private final CRC32 crc = new CRC32();
  private long length;
  private Block block;

  TreeReader(
      List<Leaf> leaves,
      EarlierParts earlier,
      Conveyor conveyor,
      Progress progress,
      Cancellation cancellation)
      throws InterruptedException {
    this.leaves = leaves;
    this.earlier = earlier;
    this.digests = new FileDigests(leaves);
    this.conveyor = conveyor;
    this.progress = progress;
    this.cancellation = cancellation;
    this.block = conveyor.empty().begin(false);
  }

  /// Reads all parts and the end mark.
  ///
  /// @param parts the leaves' entries, in the same order
  /// @return the entries with their digests
  List<Entry> read(List<List<Entry>> parts) throws IOException, InterruptedException {
    int place = 0;
    for (List<Entry> part : parts) {
      if (part.size() == 1 && takeEarlier(place)) {
        place++;
        continue;
      }
      for (int end = place + part.size(); place < end; place++) read(place);
      endPart();
    }
    store(true);
    put(new byte[TarHeader.END_MARK], TarHeader.END_MARK);
    endPart();
    conveyor.awaitBeside();
    return digests.entries();
  }

  /// Sends the part of this one leaf as it was made before, if it was.
  private boolean takeEarlier(int place) throws IOException {
    Leaf leaf = leaves.get(place);
    Digest proven = leaf.graft().proven();
    if (proven == null || !Parts.isAlone(leaf.entry())) return false;
    Optional<EarlierParts.Made> made = earlier.holding(leaf.entry().with(proven));
    if (made.isEmpty()) return false;
    cancellation.check();
    requireUnchanged(leaf);
    digests.know(place, proven);
    conveyor.send(new Conveyor.Load.Whole(made.get()));
    progress.advance(leaf.entry().size());
    return true;
  }

  private void read(int place) throws IOException, InterruptedException {
    cancellation.check();
    Leaf leaf = leaves.get(place);
    Entry entry = leaf.entry();
    store(false);
    byte[] header = TarHeader.of(entry);
    put(header, header.length);
    requireUnchanged(leaf);
    if (entry.type() != Entry.Type.FILE) return;
    try {
      content(leaf);
    } catch (FileSystemException e) {
      throw unreadable(entry, e);
    }
    block.marked(new Block.Stretch.End(place));
    int padding = TarHeader.padding(entry.size());
    put(new byte[padding], padding);
  }

  private static void requireUnchanged(Leaf leaf) throws IOException {
    try {
      if (!leaf.graft().look(leaf.entry().path()).equals(leaf.entry())) throw changed(leaf.entry());
    } catch (FileSystemException e) {
      throw unreadable(leaf.entry(), e);
    }
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
        putContent(head.flip());
        progress.advance(count);
        left -= count;
      }
      while (left > 0) {
        ByteBuffer room = room();
        room.limit((int) Math.min(left, room.remaining()));
        int count = channel.read(room);
        if (count < 0) throw changed(entry);
        addedContent(room.flip());
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
      int some = Math.min(room.remaining(), count - done);
      added(room.put(bytes, done, some).flip());
      done += some;
    }
  }

  private void putContent(ByteBuffer bytes) throws InterruptedException, IOException {
    while (bytes.hasRemaining()) {
      ByteBuffer room = room();
      int some = Math.min(room.remaining(), bytes.remaining());
      room.put(0, bytes, bytes.position(), some);
      bytes.position(bytes.position() + some);
      addedContent(room.limit(some));
    }
  }

  private ByteBuffer room() throws InterruptedException, IOException {
    ByteBuffer room = block.room();
    if (room.hasRemaining()) return room;
    cancellation.check();
    nextBlock(block.isStored());
    return block.room();
  }

  private void addedContent(ByteBuffer bytes) {
    block.marked(new Block.Stretch.Content(bytes.duplicate()));
    added(bytes);
  }

  private void added(ByteBuffer bytes) {
    int count = bytes.remaining();
    crc.update(bytes);
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
    conveyor.send(block, digests::take);
    block = conveyor.empty().begin(stored);
  }

  private void endPart() throws InterruptedException {
    if (!block.isEmpty()) nextBlock(false);
    conveyor.send(new Conveyor.Load.PartEnd((int) crc.getValue(), length));
    crc.reset();
    length = 0;
  }

  private static Problem unreadable(Entry entry, FileSystemException cause) {
    if (!(cause instanceof AccessDeniedException)) return changed(entry); // gone, or a link by now
    return new Problem(
        Problem.Kind.FAILED,
        shown(entry.path()) + " cannot be read.",
        "Give yourself the right to read it, then try again.",
        cause);
  }

  private static Problem changed(Entry entry) {
    return ArchiveWriter.changed(entry.path());
  }
}
