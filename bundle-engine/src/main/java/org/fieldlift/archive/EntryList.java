package org.fieldlift.archive;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// What a list of entries must be before anything is packed or unpacked by it.
///
/// Sorted and without repetition, every folder before what lies in it, no way out of the tree. So a
/// signed list can name neither two files for one place nor a path through a link.
public final class EntryList {
  /// Most entries of one release.
  public static final int MOST_ENTRIES = 1_000_000;

  /// Longest path in UTF-8 bytes, as Linux has it (PATH_MAX).
  public static final int LONGEST_PATH = 4096;

  /// Longest single name in UTF-8 bytes, as every file system we unpack to has it (NAME_MAX).
  public static final int LONGEST_NAME = 255;

  /// Longest link target in UTF-8 bytes.
  public static final int LONGEST_TARGET = 4095;

  /// Largest file: 1 PiB, far beyond any drive, far below overflow.
  public static final long LARGEST_FILE = 1L << 50;

  /// Order of paths by their UTF-8 bytes, which is the order of their code points and not that of
  /// [String#compareTo].
  static final Comparator<String> BYTE_ORDER = EntryList::compare;

  private EntryList() {}

  /// Refuses a list that Fieldlift would not have written.
  ///
  /// @param entries of a `release.json`, with digests
  /// @throws Problem of kind NOT_GENUINE that names the entry and what is wrong with it
  public static void requireSound(List<Entry> entries) throws Problem {
    Optional<String> fault = fault(entries, true);
    if (fault.isPresent()) {
      throw Problem.notGenuine(
          "The list of files of this release is not valid: " + fault.get() + ".",
          "Do not use this release; ask whoever published it.");
    }
  }

  /// The first thing that is wrong with a list, in words, or nothing.
  ///
  /// @param hashed whether files must have their digest already
  static Optional<String> fault(List<Entry> entries, boolean hashed) {
    if (entries.size() > MOST_ENTRIES) {
      return Optional.of("it has " + entries.size() + " entries, at most " + MOST_ENTRIES);
    }
    Set<String> folders = new HashSet<>();
    String before = "";
    for (Entry entry : entries) {
      Optional<String> fault = fault(entry, before, folders, hashed);
      if (fault.isPresent()) return fault.map(why -> shown(entry.path()) + " " + why);
      if (entry.type() == Entry.Type.DIRECTORY) folders.add(entry.path());
      before = entry.path();
    }
    return Optional.empty();
  }

  private static Optional<String> fault(
      Entry entry, String before, Set<String> folders, boolean hashed) {
    Optional<String> path = pathFault(entry.path());
    if (path.isPresent()) return path;
    String parent = parent(entry.path());
    if (compare(before, entry.path()) >= 0) return Optional.of("is repeated or not in its place");
    if (!parent.isEmpty() && !folders.contains(parent)) {
      return Optional.of("is in " + shown(parent) + ", which is not a listed folder");
    }
    if (entry.mode() < 0 || entry.mode() > 07777) return Optional.of("has an impossible mode");
    boolean isFile = entry.type() == Entry.Type.FILE;
    if (isFile ? entry.size() < 0 || entry.size() > LARGEST_FILE : entry.size() != 0) {
      return Optional.of("has an impossible size");
    }
    if (isFile ? hashed && entry.sha256() == null : entry.sha256() != null) {
      return Optional.of(isFile ? "has no digest" : "has a digest but is not a file");
    }
    return targetFault(entry);
  }

  private static Optional<String> targetFault(Entry entry) {
    String target = entry.target();
    if (entry.type() != Entry.Type.SYMLINK) {
      return target == null ? Optional.empty() : Optional.of("has a target but is not a link");
    }
    if (target == null || target.isEmpty()) return Optional.of("is a link without a target");
    OptionalInt length = utf8Length(target);
    return length.isEmpty() || length.getAsInt() > LONGEST_TARGET
        ? Optional.of("is a link whose target is too long or not valid Unicode")
        : Optional.empty();
  }

  /// What is wrong with a path, or nothing. Stops path traversal: absolute paths, `..`, empty
  /// names.
  static Optional<String> pathFault(String path) {
    OptionalInt length = utf8Length(path);
    if (length.isEmpty()) return Optional.of("has a name that is not valid Unicode");
    if (length.getAsInt() > LONGEST_PATH) {
      return Optional.of("has a path longer than " + LONGEST_PATH + " bytes");
    }
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        return Optional.of("is not a path inside the release");
      }
      if (utf8Length(name).orElse(0) > LONGEST_NAME) {
        return Optional.of("has a name longer than " + LONGEST_NAME + " bytes");
      }
    }
    return Optional.empty();
  }

  /// The folder a path lies in; empty for the root of the tree.
  static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /// A foreign path as it is shown in errors.
  static String shown(String path) {
    return "\"" + PlainText.of(path) + "\"";
  }

  private static OptionalInt utf8Length(String text) {
    if (text.indexOf('\0') >= 0) return OptionalInt.empty();
    try {
      return OptionalInt.of(
          StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)).remaining());
    } catch (CharacterCodingException e) {
      return OptionalInt.empty();
    }
  }

  private static int compare(String one, String other) {
    int end = Math.min(one.length(), other.length());
    for (int i = 0; i < end; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) return rank(a) - rank(b);
    }
    return one.length() - other.length();
  }

  /// Surrogates stand for the highest code points, though their numbers are not the highest.
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }
}
