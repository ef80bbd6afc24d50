package org.fieldlift.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.io.SafePath;

/// The files below one web address.
public final class HttpSite {
  private final URI base;
  private final HttpGet http;
  private final Patience patience;

  /// Makes something of a file that is still coming.
  @FunctionalInterface
  public interface Reading<T> {
    /// @param body to be read as far as it is wanted; it breaks when the connection does
    T read(InputStream body) throws IOException;
  }

  @FunctionalInterface
  private interface Asking {
    HttpReply ask() throws IOException;
  }

  HttpSite(URI base, HttpGet http, Patience patience) {
    this.base = base;
    this.http = http;
    this.patience = patience;
  }

  /// The site at an address, reached with the settings of this machine.
  ///
  /// @param base an http or https URL that ends with `/`
  public static HttpSite at(URI base) {
    return at(base, Access.OPEN);
  }

  /// The site at an address, for a caller whom the server may have to know.
  public static HttpSite at(URI base, Access access) {
    return new HttpSite(base, HttpGet.standard(access), Patience.standard());
  }

  /// Whether this is the trouble of a server that never said a word, however often it was asked.
  public static boolean isUnheard(Problem problem) {
    return problem.getCause() instanceof Patience.Unheard;
  }

  /// Ends with `/`.
  public URI base() {
    return base;
  }

  /// A small file, or nothing when the server has none of that name.
  public Optional<byte[]> optional(String path, int limit, Cancellation cancellation)
      throws IOException {
    return get(at(path), body -> Limits.readAtMost(body, limit, path), cancellation);
  }

  /// A small file.
  public byte[] required(String path, int limit, Cancellation cancellation) throws IOException {
    return begin(path, body -> Limits.readAtMost(body, limit, path), cancellation);
  }

  /// What a reading makes of the beginning of a file; the rest is not fetched. The reading is begun
  /// anew when the connection breaks.
  public <T> T begin(String path, Reading<T> reading, Cancellation cancellation)
      throws IOException {
    return get(at(path), reading, cancellation).orElseThrow(() -> missing(path));
  }

  /// Brings a file of exactly this many bytes, going on where an earlier try broke off. Whether
  /// they are the right ones is for the caller to find out.
  ///
  /// @param progress advanced by what comes; taken back when it has to come again
  public void bring(
      String path, long size, PartialFile into, Progress progress, Cancellation cancellation)
      throws IOException {
    Download.exactly(size, http, patience, into, at(path)).run(progress, cancellation);
  }

  /// [#bring] for somebody who follows the bytes as they come.
  public void bring(
      String path,
      long size,
      PartialFile into,
      Arriving arriving,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    Download.exactly(size, http, patience, into, at(path))
        .heardBy(arriving)
        .run(progress, cancellation);
  }

  /// With which status the server answers for the base, asked once and without patience; nothing
  /// when nobody speaks HTTP there.
  public OptionalInt status(Cancellation cancellation) throws IOException {
    return http.status(base, cancellation);
  }

  /// A small document at an address that has a query.
  ///
  /// @param query in the form it has in an address
  public byte[] answer(String path, String query, int limit, Cancellation cancellation)
      throws IOException {
    URI uri = URI.create(at(path) + "?" + query);
    return get(uri, body -> Limits.readAtMost(body, limit, path), cancellation)
        .orElseThrow(() -> missing(path));
  }

  /// A small document that is the answer to a form. The form goes to this address alone.
  ///
  /// @param query in the form it has in an address; empty for none
  /// @param form `application/x-www-form-urlencoded`
  public byte[] submitted(
      String path, String query, String form, int limit, Cancellation cancellation)
      throws IOException {
    URI uri = query.isEmpty() ? at(path) : URI.create(at(path) + "?" + query);
    return get(
            uri,
            () -> http.post(uri, form, cancellation),
            body -> Limits.readAtMost(body, limit, path),
            cancellation)
        .orElseThrow(() -> missing(path));
  }

  /// Brings a file whose length only the server knows, like [#bring].
  ///
  /// @param limit in bytes; a longer file is refused
  public void bringAtMost(
      String path, long limit, PartialFile into, Progress progress, Cancellation cancellation)
      throws IOException {
    Download.upTo(limit, http, patience, into, at(path)).run(progress, cancellation);
  }

  /// The address of a file.
  ///
  /// @param path relative, not escaped
  private URI at(String path) throws Problem {
    Optional<String> fault = SafePath.fault(path);
    if (fault.isPresent()) {
      throw Problem.notGenuine(
          ShownAddress.of(base) + " names a path that " + fault.get() + ".", "Remove this source.");
    }
    try {
      return URI.create(base + new URI(null, null, "/" + path, null).toASCIIString().substring(1));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  private <T> Optional<T> get(URI uri, Reading<T> reading, Cancellation cancellation)
      throws IOException {
    return get(uri, () -> http.get(uri, Map.of(), cancellation), reading, cancellation);
  }

  private <T> Optional<T> get(URI uri, Asking asking, Reading<T> reading, Cancellation cancellation)
      throws IOException {
    Patience.Tries tries = patience.tries(uri, http.longestSilence());
    while (true) {
      try (HttpReply reply = asking.ask()) {
        if (reply.status() == HttpReply.NOT_FOUND) return Optional.empty();
        if (reply.status() != HttpReply.OK) throw new IOException("an answer nobody asked for");
        return Optional.of(reading.read(reply.body()));
      } catch (Cancellation.Cancelled | Problem end) {
        throw end;
      } catch (IOException broken) {
        tries.failed(broken, cancellation);
      }
    }
  }

  private Problem missing(String path) {
    return Problem.failed(
        "%s has no %s.".formatted(ShownAddress.of(base), PlainText.of(path)),
        "Check the address of the source, and look for new releases.");
  }
}
