package org.fieldlift.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.fieldlift.io.AtomicFiles;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite's machine code, kept beside the ledger.
///
/// Left to itself the driver copies it to the system's temporary folder at every start. That fails
/// where the folder is full or may hold no programs, and the copy of a killed process stays there
/// for ever.
final class SqliteLibrary {
  private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";

  /// Held here so that it keeps its level: what the driver logs it also throws, and printed it
  /// would be a stack trace.
  private static final Logger DRIVER = Logger.getLogger("org.sqlite");

  private SqliteLibrary() {}

  /// Has the driver load it from beside this ledger, unless the program was started with another
  /// place or has it loaded. Stops foreign code that lies there: only what came with this program
  /// is left there.
  static synchronized void keepBeside(Path ledger) throws IOException {
    DRIVER.setLevel(Level.OFF);
    if (System.getProperty(FOLDER_PROPERTY) != null) return;
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    Path folder = ledger.toAbsolutePath().resolveSibling("sqlite-" + SQLiteJDBCLoader.getVersion());
    try (InputStream ours = SqliteLibrary.class.getResourceAsStream(resource)) {
      if (ours == null) return; // the driver says that it does not know this system
      byte[] code = ours.readAllBytes();
      Path file = folder.resolve(name);
      if (!holds(file, code)) AtomicFiles.write(file, code);
    }
    System.setProperty(FOLDER_PROPERTY, folder.toString());
  }

  private static boolean holds(Path file, byte[] code) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == code.length
        && Arrays.equals(Files.readAllBytes(file), code);
  }
}
