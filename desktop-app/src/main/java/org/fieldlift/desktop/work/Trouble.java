package org.fieldlift.desktop.work;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Something that went wrong, as a person reads it.
///
/// @param what what happened
/// @param next what to do now
public record Trouble(String what, String next) {
  private static final Logger LOG = System.getLogger(Trouble.class.getName());

  /// What to tell about a failure; nothing when a person wished the work to stop.
  public static Optional<Trouble> of(Throwable failure, Words words) {
    return switch (failure) {
      case Cancellation.Cancelled _ -> Optional.empty();
      case Problem problem -> Optional.of(new Trouble(problem.what(), problem.next()));
      case IOException machine -> {
        LOG.log(Level.DEBUG, "machine refused", machine);
        String why = PlainText.of(String.valueOf(machine.getMessage()));
        yield Optional.of(
            new Trouble(words.text("trouble.machine", why), words.text("trouble.machine.next")));
      }
      default -> {
        LOG.log(Level.ERROR, "defect", failure);
        yield Optional.of(
            new Trouble(words.text("trouble.defect"), words.text("trouble.defect.next")));
      }
    };
  }
}
