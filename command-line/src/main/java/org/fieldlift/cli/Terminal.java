package org.fieldlift.cli;

import java.io.Console;
import java.util.Optional;

/// The terminal a person sits at. Input or output that is redirected is none: there is nobody to
/// ask, and nobody to watch a line that is drawn again and again.
final class Terminal {
  private Terminal() {}

  static Optional<Console> here() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
