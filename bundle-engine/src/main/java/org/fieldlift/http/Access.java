package org.fieldlift.http;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;

/// How a caller stands with servers. It is asked anew for every address on the way, so that what is
/// meant for one server does not follow a redirect to another.
public interface Access {
  /// What everybody gets.
  Access OPEN = at -> Map.of();

  /// The headers for a request to exactly this address.
  Map<String, String> headers(URI at) throws IOException;

  /// The server wants to know who asks (status 401).
  ///
  /// @param said what [#headers] had put into this request; another may have said more meanwhile
  /// @param challenges its `WWW-Authenticate` headers (RFC 9110 11.6.1)
  /// @return true when [#headers] now has something new to say; the request is then made once more
  default boolean refused(
      URI at, Map<String, String> said, List<String> challenges, Cancellation cancellation)
      throws IOException {
    return false;
  }

  /// What a person is told when the server does not let us in.
  ///
  /// @param status 401 or 403; 400 for a form
  default Problem shut(URI at, int status) {
    return Problem.failed(
        ShownAddress.of(at) + " is not open to everybody (status " + status + ").",
        "Ask whoever runs the server for access.");
  }

  /// Whether whoever answers at this address is believed without a certificate; somebody said so.
  default boolean trustsAnybody(URI at) {
    return false;
  }
}
