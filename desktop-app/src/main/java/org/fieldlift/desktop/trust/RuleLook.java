package org.fieldlift.desktop.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.io.PlainText;
import org.fieldlift.trust.Policy;
import org.fieldlift.trust.Policy.AllowedSigner;

/// A rule in a person's words, with everything it says: what is not shown is not missed when
/// somebody removes it.
///
/// @param sentence what it is about, and how many of the signers have to sign
/// @param signers who may sign; any one of them suffices
/// @param limits what is refused whoever signed it
record RuleLook(String name, String sentence, List<Line> signers, List<Line> limits) {
  /// What a line is about; each has an icon.
  enum Kind {
    KEY,
    IDENTITY,
    DENIED,
    FLOOR,
    FORMAT
  }

  record Line(Kind kind, String words) {}

  static RuleLook of(Policy rule, Words words) {
    return new RuleLook(
        PlainText.of(rule.name()),
        words.text("trust.sentence", PlainText.of(rule.product()), rule.signers().size()),
        rule.signers().stream().map(signer -> signer(signer, words)).toList(),
        limits(rule, words));
  }

  private static Line signer(AllowedSigner signer, Words words) {
    return switch (signer) {
      case Policy.Key(String file) ->
          new Line(Kind.KEY, words.capital(words.text("trust.key", PlainText.of(file))));
      case Policy.Keyless(String issuer, String identity, Map<String, String> claims) -> {
        String who = words.text("trust.identity", PlainText.of(identity), PlainText.of(issuer));
        yield new Line(
            Kind.IDENTITY,
            claims.isEmpty() ? who : words.text("trust.claims", who, claims(claims, words)));
      }
    };
  }

  private static String claims(Map<String, String> claims, Words words) {
    return words.list(
        claims.entrySet().stream()
            .map(claim -> PlainText.of(claim.getKey() + " " + claim.getValue()))
            .toList());
  }

  private static List<Line> limits(Policy rule, Words words) {
    List<Line> limits = new ArrayList<>();
    for (String somebody : rule.deny().identities()) {
      limits.add(new Line(Kind.DENIED, words.text("trust.never-by", PlainText.of(somebody))));
    }
    for (String release : rule.deny().digests()) {
      limits.add(new Line(Kind.DENIED, words.text("trust.never", PlainText.of(release))));
    }
    if (rule.minimumSequence() > 0) {
      limits.add(new Line(Kind.FLOOR, words.text("trust.floor", rule.minimumSequence())));
    }
    limits.add(new Line(Kind.FORMAT, format(rule.accept(), words)));
    return limits;
  }

  private static String format(List<String> accept, Words words) {
    if (accept.isEmpty()) return words.text("trust.format.none");
    return words.text(
        "trust.format",
        words.list(
            accept.stream()
                .map(
                    form -> form.equals("bundle") ? words.text("trust.bundle") : PlainText.of(form))
                .toList()));
  }
}
