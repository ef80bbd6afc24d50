package org.fieldlift.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.fieldlift.engine.NamedFile;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a release says of itself, and who signs it; for every command that makes one.
final class TermsOptions {
  @Option(
      names = "--sequence",
      paramLabel = "N",
      description = "Only rises within a product. Default: the pallet's commit time.")
  @Nullable Long sequence;

  @Option(
      names = "--valid-until",
      paramLabel = "DAY",
      description = "Devices refuse it after this day (2027-12-31).")
  @Nullable String validUntil;

  @Option(names = "--notes", paramLabel = "FILE", description = "Release notes, Markdown.")
  @Nullable Path notes;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Sign with this key (COSIGN_PASSWORD, or asked for).")
  @Nullable Path key;

  /// The last second of the last day, UTC; null for no end.
  @Nullable Instant end() throws Problem {
    if (validUntil == null) return null;
    try {
      return LocalDate.parse(validUntil)
          .plusDays(1)
          .atStartOfDay(ZoneOffset.UTC)
          .toInstant()
          .minusSeconds(1);
    } catch (DateTimeException e) {
      throw Problem.usage(
          "\"" + PlainText.of(validUntil) + "\" is not a day.", "Write it like 2027-12-31.");
    }
  }

  @Nullable String text() throws IOException {
    return notes == null ? null : NamedFile.text(notes, "file of notes");
  }

  char[] password() throws IOException {
    return key == null ? new char[0] : Password.existing(key.toString());
  }

  /// How a sentence about the finished release ends.
  String ending() {
    return key == null ? ". It is not signed yet." : ", signed.";
  }
}
