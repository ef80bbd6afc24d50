package org.fieldlift.release;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.SafePath;
import org.jspecify.annotations.Nullable;

/// The values that occur in every document of a release, each with its one exact spelling. One
/// spelling per value, so that two readers can never understand two different things.
public final class StrictFields {
  /// Product names become file names on drives and web servers: letters, digits and `._~-` between
  /// slashes.
  public static final Pattern PRODUCT =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]*(/[A-Za-z0-9][A-Za-z0-9._~-]*)*");

  public static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~-]*");
  public static final Pattern PLATFORM = Pattern.compile("any|[a-z0-9]+/[a-z0-9_]+(/[a-z0-9]+)?");

  private static final int DIGEST_LENGTH = 64;
  private static final Pattern UTC =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

  private StrictFields() {}

  /// A digest as 64 lower-case hexadecimal characters.
  public static Digest digest(Fields fields, String name) throws Problem {
    Digest digest = fields.digest(name);
    if (!digest.hex().equals(fields.text(name))) {
      throw fields.wrong(name, "64 hexadecimal characters");
    }
    return digest;
  }

  /// A digest, or null when the field is absent.
  public static @Nullable Digest optionalDigest(Fields fields, String name) throws Problem {
    return fields.isAbsent(name) ? null : digest(fields, name);
  }

  /// A list of digests; empty when the field is absent.
  static List<Digest> digests(Fields fields, String name, int most) throws Problem {
    List<Digest> digests = new ArrayList<>();
    for (String text : fields.texts(name)) {
      boolean isDigest = text.length() == DIGEST_LENGTH && Digest.looksLike(text);
      if (!isDigest || digests.size() == most) {
        throw fields.wrong(name, "a list of at most " + most + " digests");
      }
      digests.add(new Digest(text));
    }
    return digests;
  }

  /// A time in RFC 3339, UTC, ending in `Z`.
  public static Instant time(Fields fields, String name) throws Problem {
    String text = fields.text(name);
    try {
      if (UTC.matcher(text).matches()) return Instant.parse(text);
    } catch (DateTimeException e) {
      throw notATime(fields, name);
    }
    throw notATime(fields, name);
  }

  /// A time, or null when the field is absent.
  public static @Nullable Instant optionalTime(Fields fields, String name) throws Problem {
    return fields.isAbsent(name) ? null : time(fields, name);
  }

  /// A text that matches the pattern as a whole and is no longer than the limit.
  public static String text(Fields fields, String name, Pattern pattern, int longest)
      throws Problem {
    String text = fields.text(name);
    if (text.length() > longest || !pattern.matcher(text).matches()) {
      throw fields.wrong(name, "different from \"" + PlainText.of(text) + "\"");
    }
    return text;
  }

  /// A text for people or programs that is neither empty nor longer than the limit.
  public static String words(Fields fields, String name, int longest) throws Problem {
    String text = fields.text(name);
    if (text.isEmpty() || text.length() > longest || !SafePath.isUnicode(text)) {
      throw fields.wrong(name, "a text of 1 to " + longest + " characters");
    }
    return text;
  }

  /// A text for people or programs, or nothing when the field is absent.
  public static Optional<String> optionalWords(Fields fields, String name, int longest)
      throws Problem {
    return fields.isAbsent(name) ? Optional.empty() : Optional.of(words(fields, name, longest));
  }

  /// A whole number within bounds, both included.
  public static long number(Fields fields, String name, long least, long most) throws Problem {
    long number = fields.number(name);
    if (number < least || number > most) {
      throw fields.wrong(name, "a whole number from " + least + " to " + most);
    }
    return number;
  }

  /// A relative path that leads nowhere but down.
  public static String path(Fields fields, String name) throws Problem {
    String path = fields.text(name);
    Optional<String> fault = SafePath.fault(path);
    if (fault.isPresent()) {
      throw fields.wrong(name, "a safe path (" + PlainText.of(path) + " " + fault.get() + ")");
    }
    return path;
  }

  private static Problem notATime(Fields fields, String name) {
    return fields.wrong(name, "a time in UTC such as 2026-05-12T08:30:00Z");
  }
}
