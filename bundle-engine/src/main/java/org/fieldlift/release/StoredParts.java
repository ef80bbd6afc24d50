package org.fieldlift.release;

import java.io.IOException;
import java.util.List;
import org.fieldlift.archive.Part;
import org.fieldlift.io.Content;
import org.fieldlift.io.Problem;

/// A release of the store as a form to be read.
final class StoredParts extends ListedRelease {
  private final StoredRelease stored;

  StoredParts(StoredRelease stored) {
    super(stored.signed());
    this.stored = stored;
  }

  @Override
  public String where() {
    return "the release store";
  }

  @Override
  public List<Part> parts() {
    return stored.parts().parts();
  }

  @Override
  protected Content part(int place) {
    return stored.content(parts().get(place));
  }

  @Override
  protected IOException blame(int place, IOException cause) {
    Part part = parts().get(place);
    try {
      if (Digests.of(part(place)).equals(part.sha256())) return cause;
    } catch (IOException unreadable) {
      return problem(place, "cannot be read");
    }
    return problem(place, "is damaged");
  }

  private Problem problem(int place, String what) {
    return Problem.notGenuine(
        "Part %d of %d (%s…) in the release store %s."
            .formatted(place + 1, parts().size(), parts().get(place).sha256().brief(), what),
        "Fetch this release again; only what is damaged is brought.");
  }
}
