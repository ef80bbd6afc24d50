package org.fieldlift.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.DiskOutput;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// Brings one file into `incoming/`, going on where an earlier try broke off, be it a second or a
/// month ago. Whether the bytes are the right ones is for the caller to find out.
///
/// Two halves of two different files are never joined: the range is asked for under the strong
/// validator of the first half (`If-Range`, RFC 9110 13.1.5), and whatever does not fit begins
/// anew.
final class Download {
  private static final int BUFFER = 1 << 18;
  private static final long UNKNOWN = -1;

  private final HttpGet http;
  private final Patience patience;
  private final PartialFile file;
  private final URI uri;
  private final long size;
  private final long limit;
  private Arriving arriving = Arriving.UNHEARD;

  private Download(
      HttpGet http, Patience patience, PartialFile file, URI uri, long size, long limit) {
    this.http = http;
    this.patience = patience;
    this.file = file;
    this.uri = uri;
    this.size = size;
    this.limit = limit;
  }

  /// A file that has exactly this many bytes.
  static Download exactly(long size, HttpGet http, Patience patience, PartialFile file, URI uri) {
    return new Download(http, patience, file, uri, size, size);
  }

  /// A file whose length only the server knows.
  static Download upTo(long limit, HttpGet http, Patience patience, PartialFile file, URI uri) {
    return new Download(http, patience, file, uri, UNKNOWN, limit);
  }

  Download heardBy(Arriving listener) {
    arriving = listener;
    return this;
  }

  /// @param progress advanced by what comes; taken back when it has to come again
  void run(Progress progress, Cancellation cancellation) throws IOException {
    Patience.Tries tries = patience.tries(uri, http.longestSilence());
    long furthest = file.size();
    while (true) {
      long before = file.size();
      try {
        if (before != size) step(before, progress, cancellation);
        if (size == UNKNOWN || file.size() == size) return;
        throw new IOException("the server sent too little");
      } catch (Cancellation.Cancelled | Problem end) {
        throw end;
      } catch (IOException broken) {
        // A server that lets us begin anew again and again makes no progress.
        if (file.size() > furthest) tries.progressed();
        furthest = Math.max(furthest, file.size());
        tries.failed(broken, cancellation);
      }
    }
  }

  private void step(long have, Progress progress, Cancellation cancellation) throws IOException {
    boolean isTooLong = size != UNKNOWN && have > size;
    boolean canResume = have > 0 && !isTooLong && (size != UNKNOWN || file.tag().isPresent());
    try (HttpReply reply = http.get(uri, headers(canResume ? have : 0), cancellation)) {
      switch (reply.status()) {
        case HttpReply.NOT_FOUND -> throw problem("is not there");
        case HttpReply.RANGE_NOT_SATISFIABLE -> {
          if (isWhole(reply, have)) return;
          restart(progress);
          throw new IOException("the file changed at the server");
        }
        case HttpReply.PARTIAL -> {
          requireContinuation(reply, have, progress);
          requireLength(reply);
          append(reply, progress);
        }
        default -> {
          requireLength(reply);
          restart(progress);
          file.rememberTag(reply.strongTag());
          append(reply, progress);
        }
      }
    }
  }

  private Map<String, String> headers(long from) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    if (from == 0) return headers;
    headers.put("Range", "bytes=" + from + "-");
    file.tag().ifPresent(tag -> headers.put("If-Range", tag));
    return headers;
  }

  /// Servers answer a range that begins at the end with 416 and the length.
  private boolean isWhole(HttpReply reply, long have) {
    return size == UNKNOWN && reply.wholeLength().equals(OptionalLong.of(have));
  }

  /// A server may ignore `If-Range`, or send another range than it was asked for.
  private void requireContinuation(HttpReply reply, long have, Progress progress)
      throws IOException {
    boolean isSameFile =
        file.tag().isEmpty() || reply.strongTag().isEmpty() || file.tag().equals(reply.strongTag());
    if (isSameFile && reply.start().equals(OptionalLong.of(have))) return;
    restart(progress);
    throw new IOException("the server sent another range than it was asked for");
  }

  /// Asked before anything that came earlier is given up for this.
  private void requireLength(HttpReply reply) throws Problem {
    OptionalLong whole = reply.wholeLength();
    if (whole.isEmpty()) return;
    boolean isRight = size != UNKNOWN ? whole.getAsLong() == size : whole.getAsLong() <= limit;
    if (isRight) return;
    throw problem("has another length than it should (" + whole.getAsLong() + " bytes)");
  }

  private void append(HttpReply reply, Progress progress) throws IOException {
    OptionalLong whole = reply.wholeLength();
    long have = file.size();
    byte[] buffer = new byte[BUFFER];
    try (FileChannel channel = open();
        OutputStream out = new DiskOutput(file.path(), channel)) {
      for (int count = reply.body().read(buffer); count >= 0; count = reply.body().read(buffer)) {
        have += count;
        if (have > limit) throw problem("is longer than it should be");
        out.write(buffer, 0, count);
        arriving.came(buffer, 0, count);
        progress.advance(count);
      }
    }
    if (whole.isPresent() && have < whole.getAsLong())
      throw new IOException("the reply was cut off");
  }

  /// A disk that refuses is told at once; waiting for the server does not help it.
  private FileChannel open() throws Problem {
    try {
      return FileChannel.open(file.path(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw DiskTrouble.with(file.path(), e);
    }
  }

  private void restart(Progress progress) throws IOException {
    progress.advance(-file.size());
    file.delete();
    arriving.restarted();
  }

  private Problem problem(String what) {
    return Problem.failed(
        ShownAddress.of(uri) + " " + what + ".",
        "Look for new releases, then try again; if it stays so, tell whoever runs the server.");
  }
}
