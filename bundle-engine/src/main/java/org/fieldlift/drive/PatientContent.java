package org.fieldlift.drive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.fieldlift.drive.target.DeviceError;
import org.fieldlift.drive.target.Rights;
import org.fieldlift.io.Content;
import org.fieldlift.io.Problem;

/// The bytes of a block device for whoever only looks. A device that never answers costs one
/// thread, not the program; one that answers with errors is named.
final class PatientContent implements Content {
  private static final long SECONDS_IDLE = 1;

  private final Content content;
  private final String drive;
  private final Duration patience;
  private final ExecutorService reader;
  private volatile boolean isSilent;

  /// @param patience how long one read may take
  PatientContent(Content content, String drive, Duration patience) {
    this.content = content;
    this.drive = drive;
    this.patience = patience;
    this.reader =
        new ThreadPoolExecutor(
            0,
            1,
            SECONDS_IDLE,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("reader of " + drive).factory());
  }

  @Override
  public long size() {
    return content.size();
  }

  /// @throws Problem of kind DRIVE, with a [DeviceError] as its cause when the device refuses
  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    if (isSilent) throw silent();
    int start = into.position();
    Future<?> reading =
        reader.submit(() -> {
          content.read(offset, into);
          return null;
        });
    try {
      reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      isSilent = true;
      throw silent();
    } catch (InterruptedException e) {
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException refused) {
        throw refused(offset + into.position() - start, refused);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static boolean isForbidden(IOException e) {
    return e instanceof AccessDeniedException
        || (e instanceof FileSystemException refusal
            && "Operation not permitted".equals(refusal.getReason()));
  }

  private Problem silent() {
    return Problem.drive(
        "Drive %s has not answered for %d seconds.".formatted(drive, patience.toSeconds()),
        "Pull it out, plug it in again, and try once more; or use another drive.");
  }

  private Problem refused(long offset, IOException e) {
    if (isForbidden(e)) return Rights.missing("read", drive);
    if (e instanceof EOFException || e instanceof NoSuchFileException) {
      return new Problem(
          Problem.Kind.DRIVE,
          "Drive " + drive + " was removed.",
          "Plug it in again, then try again.",
          new DeviceError(DeviceError.Kind.REMOVED, "device is gone"));
    }
    return new Problem(
        Problem.Kind.DRIVE,
        "Drive %s cannot be read at byte %d: input/output error.".formatted(drive, offset),
        "Use another drive; this one is worn out or damaged.",
        new DeviceError(DeviceError.Kind.IO, "input/output error"));
  }
}
