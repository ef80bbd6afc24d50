package org.fieldlift.release;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.archive.RawStream;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The files below one web address.
///
/// @param base ends with `/`
record HttpSite(URI base, HttpGet http, Patience patience) {

  @FunctionalInterface
  private interface Reading<T> {
    T read(HttpReply reply) throws IOException;
  }

  /// The address of a file.
  ///
  /// @param path relative, not escaped
  URI at(String path) throws Problem {
    Optional<String> fault = SafePath.fault(path);
    if (fault.isPresent()) {
      throw Problem.notGenuine(
          base + " names a path that " + fault.get() + ".", "Remove this source.");
    }
    try {
      return URI.create(base + new URI(null, null, "/" + path, null).toASCIIString().substring(1));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  /// A small file, or nothing when the server has none of that name.
  Optional<byte[]> optional(String path, int limit, Cancellation cancellation) throws IOException {
    return get(path, reply -> Limits.readAtMost(reply.body(), limit, path), cancellation);
  }

  /// A small file.
  byte[] required(String path, int limit, Cancellation cancellation) throws IOException {
    return optional(path, limit, cancellation).orElseThrow(() -> missing(path));
  }

  /// What a single-file release says of itself, without fetching the rest of it.
  SignedRelease singleHead(String path, Cancellation cancellation) throws IOException {
    return get(path, reply -> SingleHead.read(RawStream.of(reply.body())), cancellation)
        .orElseThrow(() -> missing(path));
  }

  private <T> Optional<T> get(String path, Reading<T> reading, Cancellation cancellation)
      throws IOException {
    URI uri = at(path);
    Patience.Tries tries = patience.tries(uri);
    while (true) {
      try (HttpReply reply = http.get(uri, Map.of(), cancellation)) {
        if (reply.status() == HttpReply.NOT_FOUND) return Optional.empty();
        if (reply.status() != HttpReply.OK) throw new IOException("an answer nobody asked for");
        return Optional.of(reading.read(reply));
      } catch (Cancellation.Cancelled | Problem end) {
        throw end;
      } catch (IOException broken) {
        tries.failed(broken, cancellation);
      }
    }
  }

  private Problem missing(String path) {
    return Problem.failed(
        "%s has no %s.".formatted(PlainText.of(base.toString()), PlainText.of(path)),
        "Check the address of the source, and look for new releases.");
  }
}
