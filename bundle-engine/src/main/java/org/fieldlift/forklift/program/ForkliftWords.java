package org.fieldlift.forklift.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.regex.Pattern;
import org.fieldlift.forklift.GoUrl;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.secrets.Credentials;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// What Forklift says while it works: lines of progress, and when it fails one last line with a
/// date before it and the whole way to the fault in it.
final class ForkliftWords {
  private static final Pattern DATE = Pattern.compile("\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2} ");
  private static final int LONGEST_STEP = 100;
  private static final int LONGEST_LINE = 100_000;

  private final Progress progress;
  private volatile String last = "";

  ForkliftWords(Progress progress) {
    this.progress = progress;
  }

  /// Reads to the end; each line is a step of the work.
  void follow(BufferedReader lines) {
    StringBuilder line = new StringBuilder();
    try (lines) {
      for (int next = lines.read(); next >= 0; next = lines.read()) {
        if (next == '\n') take(line);
        else if (line.length() < LONGEST_LINE) line.append((char) next);
      }
    } catch (IOException itWasStopped) {
      // Whoever stopped it knows.
    }
    take(line);
  }

  String last() {
    return last;
  }

  private void take(StringBuilder line) {
    String words = line.toString().strip();
    line.setLength(0);
    if (words.isEmpty()) return;
    last = words;
    String plain = PlainText.of(GoUrl.shown(words));
    progress.step(plain.length() > LONGEST_STEP ? plain.substring(0, LONGEST_STEP) : plain);
  }

  /// A failure in a sentence: what, and what to do about the usual causes.
  static Problem failure(String last, Workspace workspace) {
    String words = PlainText.of(Credentials.removed(DATE.matcher(last).replaceFirst("")));
    if (words.startsWith("couldn't load local pallet")) {
      return Problem.failed(
          "The workspace " + workspace.root() + " has no local pallet that Forklift can read.",
          "Make one with: forklift plt switch PALLET@VERSION.");
    }
    if (words.startsWith("couldn't find workspace")) {
      return Problem.failed("There is no workspace " + workspace.root() + ".", "Check the path.");
    }
    if (words.contains("has a version incompatibility")) {
      return Problem.failed(
          "Forklift could not stage the local pallet: " + words + ".",
          "Install the Forklift it requires, then try again.");
    }
    boolean offline =
        words.contains("dial tcp")
            || words.contains("no such host")
            || words.contains("i/o timeout");
    return Problem.failed(
        "Forklift could not stage the local pallet: " + words + ".",
        offline
            ? "It lacks files in its caches and could not fetch them; connect this machine to the"
                + " internet, then try again."
            : "Correct the pallet, then try again; forklift plt check tells more.");
  }
}
