package org.fieldlift.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Progress;
import org.fieldlift.io.Rate;

/// Long work on the command line: progress with rate and time left on standard error, and an
/// orderly stop on Ctrl-C.
final class Work {
  private static final Duration LOOK = Duration.ofMillis(250);

  /// How often a log (no terminal) hears of it.
  private static final Duration LOG_EVERY = Duration.ofSeconds(10);

  private Work() {}

  @FunctionalInterface
  interface Task<T> {
    T run(Progress progress, Cancellation cancellation) throws Exception;
  }

  /// Runs the task and shows how far it is.
  static <T> T run(Shared shared, String what, Task<T> task) throws Exception {
    Progress progress = new Progress(what);
    Cancellation cancellation = new Cancellation();
    Thread worker = Thread.currentThread();
    CountDownLatch finished = new CountDownLatch(1);
    Thread stop =
        Thread.ofPlatform()
            .unstarted(() -> {
              cancellation.cancel();
              lastWords(finished, worker);
            });
    Runtime.getRuntime().addShutdownHook(stop);
    Thread shown = Thread.ofPlatform().daemon().start(() -> show(shared, progress));
    try {
      return task.run(progress, cancellation);
    } finally {
      shown.interrupt();
      shown.join();
      finished.countDown();
      removeHook(stop);
    }
  }

  private static void show(Shared shared, Progress progress) {
    boolean terminal = Terminal.here().isPresent();
    if (shared.quiet) return;
    PrintWriter err = shared.err();
    Rate rate = new Rate();
    long start = System.nanoTime();
    long logged = start;
    String last = "";
    try {
      while (true) {
        Thread.sleep(LOOK);
        long now = System.nanoTime();
        rate.look(now, progress.done());
        String line = line(progress, rate);
        if (terminal) {
          err.print("\r" + line + " ".repeat(Math.max(0, last.length() - line.length())));
          err.flush();
          last = line;
        } else if (now - logged > LOG_EVERY.toNanos()) {
          err.println(line);
          logged = now;
        }
      }
    } catch (InterruptedException e) {
      if (terminal && !last.isEmpty()) err.print("\r" + " ".repeat(last.length()) + "\r");
      err.flush();
    }
  }

  static String line(Progress progress, Rate rate) {
    long total = progress.total();
    String step = PlainText.of(progress.step().isEmpty() ? progress.what() : progress.step());
    List<Progress> lanes =
        progress.parts().stream().filter(part -> part.what().startsWith("FL-")).toList();
    if (lanes.size() < 2 && !progress.concern().isEmpty()) step += ", " + progress.concern();
    if (total == 0) return step;
    String left =
        rate.left(total - progress.done()).map(time -> ", " + words(time) + " left").orElse("");
    return "%s: %s%d %%, %s of %s, %s/s%s"
        .formatted(
            step,
            lanes.size() < 2 ? "" : lanes(lanes),
            Math.round(100 * progress.fraction()),
            ByteSize.text(progress.done()),
            ByteSize.text(total),
            ByteSize.text((long) rate.bytesPerSecond()),
            left);
  }

  /// Where each of several lanes is, before the figures of the whole.
  private static String lanes(List<Progress> lanes) {
    return lanes.stream().map(Work::lane).collect(Collectors.joining(", ", "", "; together "));
  }

  private static String lane(Progress lane) {
    String concern = lane.concern().isEmpty() ? "" : " (" + lane.concern() + ")";
    return "%s %d %%%s".formatted(lane.what(), Math.round(100 * lane.fraction()), concern);
  }

  /// `less than a minute`, `about 4 minutes`, `about 2 hours`.
  static String words(Duration time) {
    long minutes = Math.round(time.toSeconds() / 60.0);
    if (minutes < 1) return "less than a minute";
    if (minutes < 90) return "about " + minutes + (minutes == 1 ? " minute" : " minutes");
    return "about " + Math.round(minutes / 60.0) + " hours";
  }

  /// `1.3 s`, for the report of a finished step.
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  /// Gives the work time to end in order, and its thread to say how. The thread itself does not
  /// end: it waits for the program to.
  private static void lastWords(CountDownLatch finished, Thread worker) {
    try {
      if (finished.await(20, TimeUnit.SECONDS)) worker.join(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending already; the hook is what waits for us.
    }
  }
}
