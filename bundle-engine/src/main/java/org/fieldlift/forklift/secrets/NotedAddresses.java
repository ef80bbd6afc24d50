package org.fieldlift.forklift.secrets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.fieldlift.forklift.secrets.Secrets.Found;
import org.fieldlift.io.PlainText;

/// Addresses with secrets in files of any kind and size: what git noted down, scripts, hooks.
///
/// @param root the searched folder
/// @param shown what stands before a path for people
record NotedAddresses(Path root, String shown, Found found) {
  /// Larger files are only told of, in bytes. A log of a thousand fetches has some hundred
  /// kilobytes.
  private static final long LARGEST_CHANGED = 16 << 20;

  /// Looks for them, and takes them out where that may be.
  ///
  /// @param mayChange false for a file that is only told of
  /// @param ending of the sentence about one that is not changed
  void search(String path, boolean mayChange, String ending) throws IOException {
    Path file = root.resolve(path);
    boolean isChanged = mayChange && Files.size(file) <= LARGEST_CHANGED;
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    Credentials.Noted noted = copy(file, isChanged ? kept : OutputStream.nullOutputStream());
    if (!noted.credentials() && !noted.tokens()) return;
    String what =
        PlainText.of(shown + path)
            + " notes an address with "
            + (noted.credentials() ? "a user name or password" : "what may be a token");
    if (isChanged) found.goes(what + ".", path, kept.toByteArray());
    else found.stays(what + ending);
  }

  private static Credentials.Noted copy(Path file, OutputStream out) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Credentials.copy(in, out);
    }
  }
}
