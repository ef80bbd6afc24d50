package org.fieldlift.acceptance;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import org.fieldlift.acceptance.WebServer.Trick;

/// What web servers, and what stands between, do to a download.
final class Tricks {
  private Tricks() {}

  /// A status without a body.
  ///
  /// @param headers names and values in turn
  static Trick status(int status, String... headers) {
    return (exchange, file) -> {
      set(exchange, headers);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /// Other bytes, of any length, with status 200.
  static Trick instead(byte[] other, String... headers) {
    return (exchange, file) -> {
      set(exchange, headers);
      exchange.sendResponseHeaders(200, other.length);
      exchange.getResponseBody().write(other);
    };
  }

  /// The whole file whatever was asked for.
  static Trick whole() {
    return (exchange, file) -> instead(file).play(exchange, file);
  }

  /// Promises the whole file, stops after these bytes and hangs up.
  static Trick cut(WebServer server, int after, String... headers) {
    return (exchange, file) -> {
      exchange.getResponseHeaders().set("ETag", WebServer.tag(file));
      set(exchange, headers);
      exchange.sendResponseHeaders(200, file.length);
      server.send(exchange.getResponseBody(), file, 0, after);
    };
  }

  /// Bytes that are not the file's, said to be the range that was asked for.
  static Trick otherRange(String... headers) {
    return (exchange, file) -> {
      int from = from(exchange);
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
      set(exchange, headers);
      exchange.sendResponseHeaders(206, file.length - from);
      exchange.getResponseBody().write(new byte[file.length - from]);
    };
  }

  /// Right bytes from another place than was asked for, and it says so.
  static Trick wrongRange() {
    return (exchange, file) -> {
      exchange.getResponseHeaders().set("Content-Range", "bytes 0-99/" + file.length);
      exchange.sendResponseHeaders(206, 100);
      exchange.getResponseBody().write(file, 0, 100);
    };
  }

  /// Cuts a whole file, and gives the wrong range when asked for the rest.
  static Trick neverTheRest(WebServer server, int after) {
    return (exchange, file) -> {
      boolean isRest = exchange.getRequestHeaders().containsKey("Range");
      (isRest ? wrongRange() : cut(server, after)).play(exchange, file);
    };
  }

  /// A few bytes, then silence.
  static Trick stall(int after, long millis) {
    return (exchange, file) -> {
      exchange.getResponseHeaders().set("ETag", WebServer.tag(file));
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file, 0, after);
      exchange.getResponseBody().flush();
      sleep(millis);
    };
  }

  /// The whole file, a few bytes at a time.
  static Trick drip(int bytes, long millis) {
    return (exchange, file) -> {
      exchange.sendResponseHeaders(200, file.length);
      OutputStream out = exchange.getResponseBody();
      for (int at = 0; at < file.length; at += bytes) {
        out.write(file, at, Math.min(bytes, file.length - at));
        out.flush();
        sleep(millis);
      }
    };
  }

  /// The file, and then more and more.
  static Trick endless() {
    return (exchange, file) -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      out.write(file);
      while (true) out.write(new byte[1 << 16]);
    };
  }

  private static int from(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
  }

  private static void set(HttpExchange exchange, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
    }
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
