package org.fieldlift.cli;

import java.util.Arrays;
import org.fieldlift.io.Problem;

/// A key's password: from `COSIGN_PASSWORD` (as cosign has it), else asked for on the terminal.
final class Password {
  private static final String VARIABLE = "COSIGN_PASSWORD";

  private Password() {}

  static char[] existing(String key) throws Problem {
    return given("Password of " + key + ": ");
  }

  /// Asks twice on a terminal, so that a slip of the finger does not lock a key for good.
  static char[] fresh(String key) throws Problem {
    char[] first = given("New password for " + key + ": ");
    if (System.getenv(VARIABLE) != null) return first;
    if (!Arrays.equals(first, given("The same again: "))) {
      throw Problem.usage("The two passwords differ.", "Try again.");
    }
    return first;
  }

  private static char[] given(String question) throws Problem {
    String variable = System.getenv(VARIABLE);
    if (variable != null) return variable.toCharArray();
    return Terminal.here()
        .map(console -> console.readPassword("%s", question))
        .orElseThrow(() ->
            Problem.usage(
                "A password is needed and nobody is at a terminal.", "Set " + VARIABLE + "."));
  }
}
