package org.fieldlift.acceptance;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// A medium as a file of the kernel: one file, mounted on a file, every byte of which comes from
/// the medium and is cached by nobody. Speaks the kernel's FUSE protocol
/// (include/uapi/linux/fuse.h, version 7.31), one request at a time, as a cheap stick does.
final class FuseFile implements AutoCloseable {
  private static final int HEADER_IN = 40;
  private static final int HEADER_OUT = 16;
  private static final int LARGEST_WRITE = 1 << 20;
  private static final int PAGES = LARGEST_WRITE / 4096;
  private static final int BIG_WRITES_AND_MAX_PAGES = 1 << 5 | 1 << 22;
  private static final int REGULAR_FILE = 0x8180; // 0600
  private static final int DIRECT = 1;
  private static final int EIO = 5;
  private static final int ENOSYS = 38;

  private static final MethodHandle OPEN = handle("open", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle MOUNT =
      handle("mount", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
  private static final MethodHandle READ = handle("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      handle("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);

  private final Medium medium;
  private final Path file;
  private final int fd;
  private final ByteBuffer in = buffer(LARGEST_WRITE + 4096);
  private final ByteBuffer out = buffer(LARGEST_WRITE + HEADER_OUT);
  private volatile boolean isGone;

  /// @param file an empty one, which is the medium from now on
  FuseFile(Medium medium, Path file) {
    this.medium = medium;
    this.file = file;
    try (Arena arena = Arena.ofConfined()) {
      fd = (int) OPEN.invokeExact(arena.allocateFrom("/dev/fuse"), 2);
      String options = "fd=%d,rootmode=100600,user_id=0,group_id=0".formatted(fd);
      int failed =
          (int)
              MOUNT.invokeExact(
                  arena.allocateFrom("medium"),
                  arena.allocateFrom(file.toString()),
                  arena.allocateFrom("fuse"),
                  0L,
                  arena.allocateFrom(options));
      if (failed != 0) throw new AssertionError("FUSE cannot be mounted at " + file);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    Thread.ofPlatform().daemon().name("medium " + file.getFileName()).start(this::serve);
  }

  /// Every operation fails from now on.
  void vanish() {
    isGone = true;
  }

  @Override
  public void close() {
    vanish();
    Program.run("umount", "-f", file);
    Program.run("umount", "-l", file);
  }

  private void serve() {
    MemorySegment request = MemorySegment.ofBuffer(in);
    try {
      while ((long) READ.invokeExact(fd, request, request.byteSize()) > 0) {
        out.clear().position(HEADER_OUT);
        int error = answer(in.getInt(4));
        if (error < 0) continue;
        if (error > 0) out.position(HEADER_OUT);
        out.flip().putInt(0, out.limit()).putInt(4, -error).putLong(8, in.getLong(8));
        long sent = (long) WRITE.invokeExact(fd, MemorySegment.ofBuffer(out), (long) out.limit());
        if (sent < 0 && !isGone) throw new AssertionError("refused answer to " + in.getInt(4));
      }
      int closed = (int) CLOSE.invokeExact(fd);
      assert closed == 0;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /// @return an error number, 0, or -1 where no answer is wanted
  private int answer(int operation) {
    return switch (operation) {
      case 26 -> init();
      case 3 -> attributes();
      case 14 -> open();
      case 15, 16 -> transfer(operation == 16);
      case 18, 20, 25 -> isGone ? EIO : 0; // release, fsync, flush
      case 2, 36, 42 -> -1; // forget, interrupt, forget many
      default -> ENOSYS;
    };
  }

  private int init() {
    int at = out.position();
    zeros(64);
    out.putInt(at, 7).putInt(at + 4, 31).putInt(at + 12, BIG_WRITES_AND_MAX_PAGES);
    out.putShort(at + 16, (short) 16).putShort(at + 18, (short) 12);
    out.putInt(at + 20, LARGEST_WRITE).putInt(at + 24, 1).putShort(at + 28, (short) PAGES);
    return 0;
  }

  private int attributes() {
    int at = out.position();
    zeros(104);
    out.putLong(at + 16, 1).putLong(at + 24, medium.size()).putInt(at + 76, REGULAR_FILE);
    out.putInt(at + 80, 1).putInt(at + 96, 4096);
    return 0;
  }

  private int open() {
    int at = out.position();
    zeros(16);
    out.putInt(at + 8, DIRECT);
    return 0;
  }

  private int transfer(boolean isWrite) {
    long offset = in.getLong(HEADER_IN + 8);
    int length = in.getInt(HEADER_IN + 16);
    if (isGone) return EIO;
    try {
      if (isWrite) {
        medium.write(offset, in.slice(2 * HEADER_IN, length));
        out.putInt(length).putInt(0);
      } else {
        medium.read(offset, out.limit(out.position() + length));
      }
      return isGone ? EIO : 0;
    } catch (IOException e) {
      return EIO;
    } finally {
      out.limit(out.capacity());
    }
  }

  private void zeros(int count) {
    out.put(new byte[count]);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }
}
