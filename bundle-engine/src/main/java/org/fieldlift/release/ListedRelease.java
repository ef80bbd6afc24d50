package org.fieldlift.release;

import java.io.IOException;
import java.util.List;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.RawStream;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Problem;

/// A form that knows its parts beforehand and holds each of them apart: everything but a single
/// file. The list is only a map; whoever walks checks what comes against the signed entries.
public abstract class ListedRelease implements OpenRelease {
  private final SignedRelease signed;

  protected ListedRelease(SignedRelease signed) {
    this.signed = signed;
  }

  /// The parts in archive order.
  public abstract List<Part> parts();

  /// The bytes of the part at this place, found to be of the right size.
  ///
  /// @throws Problem naming what is missing
  protected abstract Content part(int place) throws IOException;

  /// Looks for the reason why a part could not be read or was not what it should be, and names it.
  ///
  /// @return the cause itself when there is nothing better to say
  protected abstract IOException blame(int place, IOException cause);

  @Override
  public final SignedRelease signed() {
    return signed;
  }

  @Override
  public long archiveSize() {
    return parts().stream().mapToLong(Part::size).sum();
  }

  @Override
  public final void walk(PartVisitor visitor) throws IOException {
    for (int place = 0; place < parts().size(); place++) {
      Content content = part(place);
      try (RawStream raw = RawStream.of(content.stream())) {
        visitor.part(raw);
        if (!raw.isAtEnd()) throw longer(place);
      } catch (Cancellation.Cancelled stop) {
        throw stop;
      } catch (IOException e) {
        throw blame(place, e);
      }
    }
  }

  @Override
  public void close() throws IOException {}

  private Problem longer(int place) {
    return Problem.notGenuine(
        "Part %d of %d in %s is longer than what is in it."
            .formatted(place + 1, parts().size(), where()),
        "Get this release again from its source.");
  }
}
