package org.fieldlift.drive.target;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where a drive's bytes go: a block device, or a regular file that stands for one (a virtual
/// drive). Open for one lane at a time; nobody else may write to it meanwhile.
///
/// Offsets, lengths and buffers are multiples of 4096 bytes, except that a read or write may end at
/// the drive's end. Buffers come from a lane, which aligns them.
public interface BlockTarget extends AutoCloseable {
  /// What to call it when talking to a person.
  String name();

  /// What another drive under this name does not share; see [TargetFacts#hardware].
  String hardware();

  /// Size in bytes.
  long size();

  /// Logical sector size in bytes: 512 or 4096.
  int sectorSize();

  /// Writes the buffer's remaining bytes; returns when the device took them.
  void write(long offset, ByteBuffer from) throws IOException;

  /// Fills the buffer from the medium itself, past every cache of this computer.
  void read(long offset, ByteBuffer into) throws IOException;

  /// Asks the medium to keep what was written (SYNCHRONIZE CACHE).
  void sync() throws IOException;

  /// Tells the system that the drive's contents are new, and lets go of it.
  @Override
  void close() throws IOException;
}
