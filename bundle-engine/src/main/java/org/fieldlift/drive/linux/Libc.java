package org.fieldlift.drive.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/// The system calls a block device needs and Java does not offer: an exclusive open, and ioctl.
///
/// Every call returns what the kernel would: a value, or the negative error number ([Errno]).
final class Libc {
  static final int O_RDWR = 2;
  static final int O_EXCL = 0x80;
  static final int O_CLOEXEC = 0x80000;

  /// The one flag whose value is not the same everywhere (asm/fcntl.h).
  static final int O_DIRECT = System.getProperty("os.arch").equals("aarch64") ? 0x10000 : 0x4000;

  static final long BLKGETSIZE64 = 0x80081272L;
  static final long BLKSSZGET = 0x1268;
  static final long BLKROGET = 0x125E;
  static final long BLKFLSBUF = 0x1261;
  static final long BLKRRPART = 0x125F;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle OPEN =
      handle("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle IOCTL =
      handle("ioctl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
  private static final MethodHandle PREAD = transfer("pread");
  private static final MethodHandle PWRITE = transfer("pwrite");
  private static final MethodHandle FDATASYNC =
      handle("fdatasync", 1, FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      handle("close", 1, FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private Libc() {}

  static int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return orError((int) OPEN.invokeExact(state, arena.allocateFrom(path), flags), state);
    } catch (Throwable e) {
      throw unlinked(e);
    }
  }

  /// Reads into a direct buffer's remaining room; the position stays.
  static long pread(int fd, ByteBuffer into, long offset) {
    return transfer(PREAD, fd, into, offset);
  }

  /// Writes a direct buffer's remaining bytes; the position stays.
  static long pwrite(int fd, ByteBuffer from, long offset) {
    return transfer(PWRITE, fd, from, offset);
  }

  private static long transfer(MethodHandle call, int fd, ByteBuffer buffer, long offset) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment bytes = MemorySegment.ofBuffer(buffer);
      long count = (long) call.invokeExact(state, fd, bytes, bytes.byteSize(), offset);
      return count >= 0 ? count : -errno(state);
    } catch (Throwable e) {
      throw unlinked(e);
    }
  }

  static int fdatasync(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return orError((int) FDATASYNC.invokeExact(state, fd), state);
    } catch (Throwable e) {
      throw unlinked(e);
    }
  }

  /// An ioctl that fills in a number, or takes none.
  ///
  /// @return the number, or the negative error number
  static long ioctl(int fd, long request) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment number = arena.allocate(JAVA_LONG);
      int result = (int) IOCTL.invokeExact(state, fd, request, number);
      return result < 0 ? -errno(state) : number.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw unlinked(e);
    }
  }

  static int close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return orError((int) CLOSE.invokeExact(state, fd), state);
    } catch (Throwable e) {
      throw unlinked(e);
    }
  }

  private static int orError(int result, MemorySegment state) {
    return result >= 0 ? result : -errno(state);
  }

  private static int errno(MemorySegment state) {
    return state.get(JAVA_INT, ERRNO);
  }

  private static MethodHandle transfer(String name) {
    return handle(
        name, 4, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
  }

  /// @param fixed arguments before the variadic ones, which some systems pass differently
  @SuppressWarnings("restricted") // this class is the one door to the C library
  private static MethodHandle handle(String name, int fixed, FunctionDescriptor type) {
    Linker.Option errno = Linker.Option.captureCallState("errno");
    MemorySegment symbol = LINKER.defaultLookup().findOrThrow(name);
    return fixed < type.argumentLayouts().size()
        ? LINKER.downcallHandle(symbol, type, errno, Linker.Option.firstVariadicArg(fixed))
        : LINKER.downcallHandle(symbol, type, errno);
  }

  private static AssertionError unlinked(Throwable e) {
    return new AssertionError("the C library was called wrongly", e);
  }
}
