package org.fieldlift.oci.docker.loopback;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Descriptor;
import org.fieldlift.oci.ImageLayout;

/// Gives blobs out. One that is not what its digest says is never completed: its last bytes are
/// held back until all of it was hashed, and a stretch of one is given only when the whole was
/// found right before.
final class BlobReply {
  private static final int BUFFER = 1 << 18;
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");

  private final ImageLayout layout;
  private final LongConsumer served;
  private final Set<Digest> right = ConcurrentHashMap.newKeySet();

  /// @param served hears of bytes that went out
  BlobReply(ImageLayout layout, LongConsumer served) {
    this.layout = layout;
    this.served = served;
  }

  void give(HttpExchange exchange, Descriptor blob) throws IOException {
    Path file = layout.blob(blob.digest()).orElseThrow(() -> damaged(layout, blob));
    if (Files.size(file) != blob.size()) throw damaged(layout, blob);
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(blob.size()));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    Matcher stretch = RANGE.matcher(range == null ? "" : range);
    if (stretch.matches()) giveStretch(exchange, blob, file, stretch);
    else giveWhole(exchange, blob, file);
  }

  private void giveWhole(HttpExchange exchange, Descriptor blob, Path file) throws IOException {
    exchange.sendResponseHeaders(200, blob.size() == 0 ? -1 : blob.size());
    if (blob.size() == 0) return;
    Digest.Hasher hasher = new Digest.Hasher();
    byte[] buffer = new byte[BUFFER];
    long left = blob.size();
    try (InputStream in = Files.newInputStream(file)) {
      OutputStream out = exchange.getResponseBody();
      while (left > 0) {
        int count = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
        if (count == 0) throw damaged(layout, blob);
        hasher.update(buffer, 0, count);
        left -= count;
        if (left == 0) require(hasher.digest(), blob);
        out.write(buffer, 0, count);
        served.accept(count);
      }
    }
  }

  private void giveStretch(HttpExchange exchange, Descriptor blob, Path file, Matcher stretch)
      throws IOException {
    long from = Long.parseLong(stretch.group(1));
    long last = blob.size() - 1;
    if (!stretch.group(2).isEmpty()) last = Math.min(last, Long.parseLong(stretch.group(2)));
    if (from > last) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + blob.size());
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (!right.contains(blob.digest())) require(Digest.of(file), blob);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, last, blob.size()));
    exchange.sendResponseHeaders(206, last - from + 1);
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      OutputStream out = exchange.getResponseBody();
      byte[] buffer = new byte[BUFFER];
      for (long left = last - from + 1; left > 0; ) {
        int count = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
        if (count == 0) throw damaged(layout, blob);
        out.write(buffer, 0, count);
        left -= count;
        served.accept(count);
      }
    }
  }

  private void require(Digest found, Descriptor blob) throws IOException {
    if (!found.equals(blob.digest())) throw damaged(layout, blob);
    right.add(found);
  }

  private static Problem damaged(ImageLayout layout, Descriptor blob) {
    return Problem.notGenuine(
        "The images in %s are damaged: %s… is missing or not what it should be."
            .formatted(PlainText.of(layout.folder().toString()), blob.digest().brief()),
        "Get them again from where they came from.");
  }
}
