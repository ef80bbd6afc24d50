package org.fieldlift.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Small files whose names a person gave.
public final class NamedFile {
  private static final int LARGEST = 32 << 20;
  private static final String MARK = "\uFEFF";

  private NamedFile() {}

  /// @param what what it should be, for the error
  static byte[] bytes(Path file, String what) throws IOException {
    if (Files.isRegularFile(file)) return Limits.readFile(file, LARGEST);
    throw Problem.usage(
        "There is no " + what + " " + PlainText.of(file.toString()) + ".", "Check the path.");
  }

  /// A text, without the mark that some editors put before it.
  ///
  /// @throws Problem of kind USAGE when it is in another encoding: what is read wrongly is recorded
  ///   or signed for good
  public static String text(Path file, String what) throws IOException {
    byte[] bytes = bytes(file, what);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    } catch (CharacterCodingException e) {
      throw Problem.usage(
          "The " + what + " " + PlainText.of(file.toString()) + " is not UTF-8 text.",
          "Save it as UTF-8 (a spreadsheet as \"CSV UTF-8\"), then run the same command again.");
    }
  }
}
