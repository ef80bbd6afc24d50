package org.fieldlift.trust;

import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Where a rule comes from: whoever is told what is wrong with it must know what to correct.
sealed interface RuleOrigin {
  /// What is being read.
  String what();

  /// The refusal of a rule.
  ///
  /// @param field where in the rule
  /// @param why the end of a sentence that begins with the field
  Problem wrong(String field, String why);

  /// A file of the trust folder. Broken, it stops everything: it may be the one that denies.
  record File(String what) implements RuleOrigin {
    static final String FIX = "Correct the file or remove it; until then nothing is trusted.";

    @Override
    public Problem wrong(String field, String why) {
      return Problem.notGenuine(
          "The policy "
              + PlainText.of(what)
              + " is not valid: \""
              + PlainText.of(field)
              + "\" "
              + why
              + ".",
          FIX);
    }
  }

  /// Words of a command, for a rule that is to be made.
  record Order(String ruleName) implements RuleOrigin {
    @Override
    public String what() {
      return "the rule " + PlainText.of(ruleName);
    }

    @Override
    public Problem wrong(String field, String why) {
      String last = field.substring(field.lastIndexOf('.') + 1);
      return Problem.usage(
          "The rule " + PlainText.of(ruleName) + " cannot be made: its " + last + " " + why + ".",
          "Nothing was changed; correct it and run the same command again.");
    }
  }
}
