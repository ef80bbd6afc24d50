package org.fieldlift.http;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fieldlift.fuzz.ForeignReader;

/// The reader of what a server says of a file.
public final class HttpReaders {
  private static final URI ANYWHERE = URI.create("https://example.org/");

  private HttpReaders() {}

  public static Map<String, ForeignReader> all() {
    return Map.of("http-headers", HttpReaders::httpHeaders);
  }

  private static void httpHeaders(byte[] bytes) throws Exception {
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n")) {
      String[] field = line.split(":", 2);
      String name = field[0].trim();
      if (field.length < 2 || name.isEmpty()) continue;
      fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(field[1].trim());
    }
    HttpHeaders headers = HttpHeaders.of(fields, (_, _) -> true);
    for (int status : List.of(HttpReply.OK, HttpReply.PARTIAL)) {
      try (HttpReply reply =
          new HttpReply(ANYWHERE, status, headers, InputStream.nullInputStream())) {
        long start = reply.start().orElse(0);
        long length = reply.wholeLength().orElse(0);
        if (start < 0 || length < 0) throw new AssertionError(start + " of " + length);
        reply.strongTag();
      }
    }
    new HttpBusy(503, headers, Clock.systemUTC()).retryAfter();
  }
}
