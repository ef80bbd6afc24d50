package org.fieldlift.desktop.look;

import java.nio.file.Path;
import java.util.Optional;

/// Asks a person for a file: the system's own dialog, or a test's answer.
public interface FileChoice {
  /// A file that exists.
  ///
  /// @param ending of the file's name, without the dot ("csv"); empty for any
  Optional<Path> open(String title, String ending);

  /// A file to be made.
  ///
  /// @param suggestion a name with its ending
  Optional<Path> save(String title, String suggestion);

  /// A folder that exists.
  Optional<Path> folder(String title);
}
