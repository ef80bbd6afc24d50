package org.fieldlift.oci;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Who somebody is at which registry.
@FunctionalInterface
interface Logins {
  /// @param registry host, with its port if it has one
  Optional<Login> at(String registry);

  /// A user name and a password or token; never shown.
  record Login(String user, String password) {

    /// The value of `Authorization` (RFC 7617).
    String basic() {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return "a login";
    }
  }
}
