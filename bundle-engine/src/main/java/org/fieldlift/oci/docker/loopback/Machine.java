package org.fieldlift.oci.docker.loopback;

import java.io.IOException;

/// What is asked of the machine itself, so that tests need not change theirs.
public interface Machine {
  /// A port of an address on loopback whose connections go to another port.
  ///
  /// @param from the port that somebody else holds
  /// @param to ours, on 127.0.0.1
  record Redirect(String address, int from, int to) {}

  /// Tells a process to read its configuration again (SIGHUP).
  void reload(long pid) throws IOException;

  void redirect(Redirect redirect) throws IOException;

  /// Ends a redirection; none is no error.
  void endRedirect(Redirect redirect) throws IOException;

  /// Whether somebody answers there, found out in a few seconds.
  boolean reaches(String host, int port);
}
