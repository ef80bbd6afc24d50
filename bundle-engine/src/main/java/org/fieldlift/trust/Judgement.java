package org.fieldlift.trust;

import java.io.IOException;
import org.fieldlift.io.Problem;

/// The last line of defence around every check of a foreign signature.
final class Judgement {
  private Judgement() {}

  /// A check that ends in a verdict or throws.
  interface Check {
    Verdict run() throws NotGenuine, IOException;
  }

  /// Runs a check; whatever it throws means "not genuine". The libraries below throw unchecked
  /// exceptions at foreign input (an empty chain, a certificate without a name), and an escape must
  /// never look like a pass.
  static Verdict guarded(Check check) {
    try {
      return guardedOrFailed(check);
    } catch (Problem undecided) {
      return new Verdict.Broken(undecided.what());
    }
  }

  /// The same, but where this machine could not do the check, that is no verdict.
  ///
  /// @throws Problem of kind FAILED, and of no other
  static Verdict guardedOrFailed(Check check) throws Problem {
    try {
      return check.run();
    } catch (NotGenuine e) {
      return new Verdict.Broken(e.why());
    } catch (Problem e) {
      if (e.kind() == Problem.Kind.FAILED) throw e;
      return new Verdict.Broken(e.what());
    } catch (IOException e) {
      return new Verdict.Broken("It cannot be read.");
    } catch (RuntimeException e) {
      return new Verdict.Broken("Its signature file cannot be understood.");
    }
  }
}
