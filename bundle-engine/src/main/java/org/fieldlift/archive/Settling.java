package org.fieldlift.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Gives unpacked files their final mode and makes them durable.
final class Settling {
  /// How many files are synced at a time, so that a journal commits them together.
  private static final int AT_A_TIME = 16;

  private Settling() {}

  /// Settles one file or folder: mode and content reach the disk with the same sync.
  static void one(Path folder, Entry entry) throws IOException {
    Path place = folder.resolve(entry.path());
    try (FileChannel channel = FileChannel.open(place, StandardOpenOption.READ)) {
      Files.setAttribute(place, "unix:mode", entry.mode(), LinkOption.NOFOLLOW_LINKS);
      channel.force(true);
    }
  }

  /// Settles many files, in any order.
  static void all(Path folder, List<Entry> files) throws IOException {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < AT_A_TIME; i++) {
        work.add(
            threads.submit(() -> {
              for (int file = next.getAndIncrement();
                  file < files.size();
                  file = next.getAndIncrement()) {
                one(folder, files.get(file));
              }
              return null;
            }));
      }
      for (Future<?> each : work) await(each);
    }
  }

  private static void await(Future<?> work) throws IOException {
    try {
      work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException problem) throw problem;
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while syncing.");
    }
  }
}
