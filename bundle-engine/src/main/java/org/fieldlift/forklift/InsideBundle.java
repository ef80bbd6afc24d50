package org.fieldlift.forklift;

import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Stops a link that a bundle brings in a folder's place, a signed one too, from leading whoever
/// reads or changes what lies below to files of others: often that is root (CWE-59).
public final class InsideBundle {
  private InsideBundle() {}

  /// @param place in the bundle; perhaps nothing is there
  /// @throws Problem when a link is on the way to it, or in its place
  public static void require(Path bundle, Path place) throws Problem {
    Path at = bundle;
    for (Path name : bundle.relativize(place)) {
      at = at.resolve(name);
      if (!Files.isSymbolicLink(at)) continue;
      throw Problem.notGenuine(
          PlainText.of(bundle.relativize(at).toString())
              + " is a link that leads out of the bundle; a folder should be there.",
          "Do not use this bundle; ask where it came from.");
    }
  }
}
