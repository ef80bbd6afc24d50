package org.fieldlift.oci;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.fieldlift.http.PartialFile;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// Brings blobs into a layout, several at once, each once however many images need it. Nothing is
/// left running when it returns.
final class BlobFetch {
  /// Downloads at once.
  private static final int WIDTH = 6;

  private final LayoutChange change;
  private final List<ImageLayout> reuse;
  private final Progress progress;
  private final Cancellation cancellation;
  private final Map<Digest, Descriptor> wanted = new LinkedHashMap<>();
  private final Map<Digest, List<Repository>> places = new LinkedHashMap<>();
  private final Map<Digest, Problem> failed = new ConcurrentHashMap<>();

  BlobFetch(
      LayoutChange change, List<ImageLayout> reuse, Progress progress, Cancellation cancellation) {
    this.change = change;
    this.reuse = reuse;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /// @param repositories where the blob may be had, nearest first
  void want(Descriptor blob, List<Repository> repositories) throws IOException {
    if (change.layout().has(blob)) return;
    if (wanted.putIfAbsent(blob.digest(), blob) == null) progress.expect(blob.size());
    places.computeIfAbsent(blob.digest(), _ -> new ArrayList<>()).addAll(repositories);
  }

  /// @return why blobs could not be had
  Map<Digest, Problem> run() throws IOException {
    Semaphore width = new Semaphore(WIDTH);
    Cancellation together = cancellation.child();
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Descriptor blob : wanted.values()) {
        all.add(
            threads.submit(() -> {
              width.acquire();
              try {
                bring(blob, together);
              } finally {
                width.release();
              }
              return null;
            }));
      }
      await(all, together);
    }
    return failed;
  }

  /// The first defect or wish to stop ends all the others.
  private static void await(List<Future<?>> all, Cancellation together) throws IOException {
    try {
      for (Future<?> each : all) each.get();
    } catch (ExecutionException e) {
      together.cancel();
      if (e.getCause() instanceof IOException trouble) throw trouble;
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      together.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching images");
    }
  }

  private void bring(Descriptor blob, Cancellation together) throws IOException {
    together.check();
    for (ImageLayout layout : reuse) {
      if (!change.link(blob, layout, together)) continue;
      progress.advance(blob.size());
      return;
    }
    if (blob.size() == 0) {
      change.put(blob, new byte[0]);
      return;
    }
    PartialFile partial = change.partial(blob.digest());
    Problem first = null;
    List<Repository> all = places.getOrDefault(blob.digest(), List.of());
    for (Repository repository : Repository.worthAsking(all)) {
      try {
        progress.advance(Math.min(partial.size(), blob.size()));
        repository.bring(blob, partial, progress, together);
        change.keep(blob, partial);
        return;
      } catch (Problem problem) {
        progress.advance(-Math.min(partial.size(), blob.size()));
        if (first == null) first = problem;
        else first.addSuppressed(problem);
      } catch (FileSystemException e) {
        throw DiskTrouble.of(e);
      }
    }
    failed.put(blob.digest(), first != null ? first : nowhere(blob));
  }

  private static Problem nowhere(Descriptor blob) {
    return Problem.failed(
        "A layer of it (%s…) is nowhere on this computer, or is damaged."
            .formatted(blob.digest().brief()),
        "Fetch the image without --offline.");
  }
}
