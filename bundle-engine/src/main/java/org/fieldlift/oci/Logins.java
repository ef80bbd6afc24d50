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
  ///
  /// @param user [#IDENTITY] when the password is a token that only a token server takes
  record Login(String user, String password) {
    /// As Docker's credential helpers say it.
    static final String IDENTITY = "<token>";

    boolean isIdentity() {
      return user.equals(IDENTITY);
    }

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
