package org.fieldlift.trust;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A signature does not hold; the message is one sentence for people and becomes a
/// [Verdict.Broken]. Inside this package every check that fails throws, so that none can be passed
/// by forgetting to look at a result.
final class NotGenuine extends Exception {
  @Serial private static final long serialVersionUID = 1;

  NotGenuine(String why) {
    super(why);
  }

  NotGenuine(String why, @Nullable Throwable cause) {
    super(why, cause);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
