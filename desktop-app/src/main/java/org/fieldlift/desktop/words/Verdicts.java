package org.fieldlift.desktop.words;

import java.util.Optional;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.PlainText;
import org.fieldlift.trust.Signer;
import org.fieldlift.trust.Verdict;

/// Verdicts in a person's language.
public final class Verdicts {
  private Verdicts() {}

  public static Mood mood(Optional<Verdict> verdict) {
    return verdict.map(known -> known.isGenuine() ? Mood.GOOD : Mood.BAD).orElse(Mood.QUIET);
  }

  /// "Genuine", "Not genuine", "Not checked".
  public static String chip(Optional<Verdict> verdict, Words words) {
    return words.text(
        switch (mood(verdict)) {
          case GOOD -> "verdict.genuine";
          case BAD -> "verdict.not-genuine";
          case WORKING, ATTENTION, QUIET -> "verdict.not-checked";
        });
  }

  /// How a release stands: a genuine one that expired wants attention.
  public static Mood mood(Row row) {
    Mood mood = mood(row.verdict());
    return mood == Mood.GOOD && row.expiredSince().isPresent() ? Mood.ATTENTION : mood;
  }

  /// The verdict's chip, or "Expired".
  public static String chip(Row row, Words words) {
    return mood(row) == Mood.ATTENTION ? words.text("verdict.expired") : chip(row.verdict(), words);
  }

  /// Why, in one or two sentences; the chip's word is not repeated.
  public static String reason(Verdict verdict, Words words) {
    return switch (verdict) {
      case Verdict.Genuine(Signer signer, var signedAt, var _, String rule, var _) ->
          signedAt == null
              ? words.text("verdict.signed", signer(signer, words), PlainText.of(rule))
              : words.text(
                  "verdict.signed-on",
                  words.date(signedAt),
                  signer(signer, words),
                  PlainText.of(rule));
      case Verdict.Unsigned() -> words.text("verdict.unsigned");
      case Verdict.NotAllowed(Signer signer, var _, String why) ->
          words.text("verdict.not-allowed", signer(signer, words), PlainText.of(why));
      case Verdict.Broken(String why) -> PlainText.of(why);
    };
  }

  /// Who signed, within a sentence.
  public static String signer(Signer signer, Words words) {
    return switch (signer) {
      case Signer.Key(var fingerprint, String name) ->
          words.text("signer.key", PlainText.of(name), fingerprint.brief());
      case Signer.Keyless(String _, String identity) -> PlainText.of(identity);
    };
  }
}
