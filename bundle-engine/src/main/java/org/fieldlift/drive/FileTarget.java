package org.fieldlift.drive;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// A regular file that stands for a drive.
///
/// Where the file system does direct I/O, reads come from the disk below it, never from this
/// computer's page cache. Where it does not (some network and memory file systems), a read returns
/// what that file system holds after a sync, which may be its cache: as honest as a file there can
/// be.
final class FileTarget implements BlockTarget {
  /// What direct I/O asks of offsets, lengths and addresses.
  private static final int ALIGNMENT = 4096;

  private final Path file;
  private final HeldDrives.Hold hold;
  private final int sectorSize;
  private final long size;
  private final FileChannel plain;
  private final @Nullable FileChannel direct;
  private final ByteBuffer tail = ByteBuffer.allocateDirect(2 * ALIGNMENT).alignedSlice(ALIGNMENT);
  private final AtomicInteger inFlight = new AtomicInteger();

  private FileTarget(
      Path file,
      HeldDrives.Hold hold,
      int sectorSize,
      FileChannel plain,
      @Nullable FileChannel direct)
      throws IOException {
    this.file = file;
    this.hold = hold;
    this.sectorSize = sectorSize;
    this.plain = plain;
    this.direct = direct;
    this.size = plain.size();
  }

  /// Opens the file for this process alone.
  ///
  /// @param hold let go of when this is closed
  static FileTarget open(Path file, HeldDrives.Hold hold, int sectorSize) throws IOException {
    FileChannel plain = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!isLocked(plain)) throw HeldDrives.taken(file);
      return new FileTarget(file, hold, sectorSize, plain, openDirect(file));
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  /// The lock lasts as long as the channel. It lies behind all data, because on Windows a locked
  /// byte cannot be written through another channel, not even by its owner.
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static @Nullable FileChannel openDirect(Path file) throws IOException {
    if (ALIGNMENT % Files.getFileStore(file).getBlockSize() != 0) return null;
    try {
      return FileChannel.open(
          file, StandardOpenOption.READ, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
    } catch (IOException | UnsupportedOperationException e) {
      return null; // this file system has no direct I/O
    }
  }

  @Override
  public String name() {
    return BlockTargets.shown(file);
  }

  @Override
  public String hardware() {
    return "";
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int sectorSize() {
    return sectorSize;
  }

  @Override
  public void write(long offset, ByteBuffer from) throws IOException {
    if (offset + from.remaining() > size) throw pastTheEnd();
    inFlight.incrementAndGet();
    try {
      int odd = from.remaining() % ALIGNMENT;
      int whole = from.remaining() - odd;
      putAll(direct == null ? plain : direct, offset, from.slice(from.position(), whole));
      if (odd > 0) putAll(plain, offset + whole, from.slice(from.position() + whole, odd));
      from.position(from.limit());
    } catch (IOException e) {
      throw Files.getFileStore(file).getUsableSpace() < from.remaining() ? noRoom() : e;
    } finally {
      inFlight.decrementAndGet();
    }
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    if (offset + into.remaining() > size) throw pastTheEnd();
    inFlight.incrementAndGet();
    try {
      int odd = into.remaining() % ALIGNMENT;
      int whole = into.remaining() - odd;
      FileChannel channel = direct == null ? plain : direct;
      fill(channel, offset, into.slice(into.position(), whole));
      into.position(into.position() + whole);
      if (odd > 0) into.put(readTail(channel, offset + whole, odd));
    } finally {
      inFlight.decrementAndGet();
    }
  }

  /// Direct I/O reads whole blocks only: asks for one that reaches past the file's end.
  private ByteBuffer readTail(FileChannel channel, long offset, int length) throws IOException {
    tail.clear().limit(ALIGNMENT);
    if (channel.read(tail, offset) < length) throw new EOFException(file + " became shorter");
    return tail.flip().limit(length);
  }

  @Override
  public void sync() throws IOException {
    inFlight.incrementAndGet();
    try {
      plain.force(false);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  /// Lets go of the file, unless an operation hangs in it: closing would hang as well, so such a
  /// file stays open and held until the program ends.
  @Override
  public void close() throws IOException {
    if (inFlight.get() > 0) return;
    try (plain) {
      if (direct != null) direct.close();
    } finally {
      hold.release();
    }
  }

  private static void putAll(FileChannel channel, long offset, ByteBuffer from) throws IOException {
    long position = offset;
    while (from.hasRemaining()) position += channel.write(from, position);
  }

  private void fill(FileChannel channel, long offset, ByteBuffer into) throws IOException {
    long position = offset;
    while (into.hasRemaining()) {
      int count = channel.read(into, position);
      if (count < 0) throw new EOFException(file + " became shorter");
      position += count;
    }
  }

  private static DeviceError pastTheEnd() {
    return new DeviceError(DeviceError.Kind.FULL, "past the end");
  }

  private Problem noRoom() {
    return Problem.drive(
        "The disk that holds the virtual drive " + name() + " is full.",
        "Make room on that disk, then write this drive again; the others are fine.");
  }
}
