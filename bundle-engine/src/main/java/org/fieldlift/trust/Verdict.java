package org.fieldlift.trust;

import java.time.Instant;
import org.fieldlift.io.PlainText;
import org.jspecify.annotations.Nullable;

/// Whether something is genuine, and why: kept as evidence and shown to people.
public sealed interface Verdict {
  /// One sentence for people, in English; faces may word it in another language from the fields.
  String words();

  default boolean isGenuine() {
    return this instanceof Genuine;
  }

  /// Signed by somebody a policy names.
  ///
  /// @param signer who signed
  /// @param signedAt when, by a log or timestamp authority; absent for plain keys, which prove no
  ///   time
  /// @param logIndex place in the transparency log, where there is one
  /// @param rule the name of the policy that decided
  /// @param predicateType what the signer says about the file, where a statement about it was
  ///   signed (in-toto: "built so", "scanned so"); absent where the file itself was
  record Genuine(
      Signer signer,
      @Nullable Instant signedAt,
      @Nullable Long logIndex,
      String rule,
      @Nullable String predicateType)
      implements Verdict {
    /// The file itself was signed.
    public Genuine(
        Signer signer, @Nullable Instant signedAt, @Nullable Long logIndex, String rule) {
      this(signer, signedAt, logIndex, rule, null);
    }

    @Override
    public String words() {
      return "Genuine. Signed by "
          + signer.words()
          + (signedAt == null ? "" : " on " + signedAt)
          + (predicateType == null
              ? ""
              : ", in a statement of the type " + PlainText.of(predicateType))
          + ", allowed by rule "
          + rule
          + ".";
    }
  }

  /// Nobody signed it.
  record Unsigned() implements Verdict {
    @Override
    public String words() {
      return "Not genuine. Nobody signed it.";
    }
  }

  /// Signed by somebody, who is known, but whom no policy allows to sign this.
  ///
  /// @param why one sentence
  record NotAllowed(Signer signer, @Nullable Instant signedAt, String why) implements Verdict {
    @Override
    public String words() {
      return "Not genuine. Signed by " + signer.words() + ". " + why;
    }
  }

  /// The signature does not hold.
  ///
  /// @param why one sentence
  record Broken(String why) implements Verdict {
    @Override
    public String words() {
      return "Not genuine. " + why;
    }
  }
}
