package org.fieldlift.drive.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.fieldlift.drive.target.BlockTarget;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// A whole disk, claimed exclusively and read and written without the page cache.
///
/// `O_EXCL` on a block device (open(2)) makes every mount and every other exclusive open fail with
/// EBUSY for as long as it is held: nobody can mount the drive while it is half written.
final class LinuxBlockTarget implements BlockTarget {
  private static final long FIRST_WAIT_MILLIS = 100;

  private final Path node;
  private final String hardware;
  private final Runnable whenLetGo;
  private final int fd;
  private final long size;
  private final int sectorSize;
  private final AtomicInteger inFlight = new AtomicInteger();

  private LinuxBlockTarget(Path node, int fd, String hardware, Runnable whenLetGo)
      throws IOException {
    this.node = node;
    this.hardware = hardware;
    this.whenLetGo = whenLetGo;
    this.fd = fd;
    this.size = known(Libc.BLKGETSIZE64);
    this.sectorSize = (int) known(Libc.BLKSSZGET);
    if (known(Libc.BLKROGET) != 0) throw Errno.refusal(Errno.EROFS, node);
  }

  /// Claims the disk.
  ///
  /// @param tries automounters hold a fresh drive for a moment; each try waits twice as long
  /// @param whenLetGo called when the disk is nobody's any more
  static LinuxBlockTarget open(Path node, int tries, String hardware, Runnable whenLetGo)
      throws IOException {
    int flags = Libc.O_RDWR | Libc.O_EXCL | Libc.O_DIRECT | Libc.O_CLOEXEC;
    int fd = Libc.open(node.toString(), flags);
    for (int i = 0; fd == -Errno.EBUSY && i < tries; i++) {
      pause(FIRST_WAIT_MILLIS << i, node);
      fd = Libc.open(node.toString(), flags);
    }
    if (fd < 0) throw Errno.refusal(-fd, node);
    try {
      return new LinuxBlockTarget(node, fd, hardware, whenLetGo);
    } catch (IOException | RuntimeException e) {
      Libc.close(fd);
      throw e;
    }
  }

  private static void pause(long millis, Path node) throws Problem {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Errno.refusal(Errno.EBUSY, node);
    }
  }

  private long known(long request) throws IOException {
    long answer = Libc.ioctl(fd, request);
    if (answer < 0) throw Errno.refusal((int) -answer, node);
    return answer;
  }

  /// The open device as a file of this process, to ask which device it really is.
  Path opened() {
    return Path.of("/proc/self/fd/" + fd);
  }

  @Override
  public String name() {
    return PlainText.of(node.toString());
  }

  @Override
  public String hardware() {
    return hardware;
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
    long position = offset;
    while (from.hasRemaining()) {
      int count = (int) done(transfer(true, from, position));
      from.position(from.position() + count);
      position += count;
    }
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    long position = offset;
    while (into.hasRemaining()) {
      int count = (int) done(transfer(false, into, position));
      into.position(into.position() + count);
      position += count;
    }
  }

  private long transfer(boolean isWrite, ByteBuffer buffer, long position) {
    inFlight.incrementAndGet();
    try {
      return isWrite ? Libc.pwrite(fd, buffer, position) : Libc.pread(fd, buffer, position);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  /// A pulled drive first answers "input/output error" like a worn one, then "no space left" and
  /// "end of file" like a false one; what tells them apart is that it has no size any more.
  private long done(long result) throws DeviceError {
    if (result > 0) return result;
    int errno = result == 0 ? Errno.ENOSPC : (int) -result;
    boolean isGone =
        (errno == Errno.EIO || errno == Errno.ENOSPC) && Libc.ioctl(fd, Libc.BLKGETSIZE64) <= 0;
    throw Errno.error(isGone ? Errno.ENODEV : errno);
  }

  /// Some sticks do not know the command; reading back decides then.
  @Override
  public void sync() throws IOException {
    inFlight.incrementAndGet();
    try {
      int result = Libc.fdatasync(fd);
      if (result < 0 && result != -Errno.EINVAL && result != -Errno.EOPNOTSUPP) done(result);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  /// Drops what the system remembers of the old contents and shows it the new partition; neither
  /// matters to the drive, so an error is of no interest. A device with a hanging operation stays
  /// open and claimed until the program ends: closing would hang as well.
  @Override
  public void close() throws IOException {
    if (inFlight.get() > 0) return;
    Libc.ioctl(fd, Libc.BLKFLSBUF);
    Libc.ioctl(fd, Libc.BLKRRPART);
    int result = Libc.close(fd);
    whenLetGo.run();
    if (result < 0) throw Errno.error(-result);
  }
}
