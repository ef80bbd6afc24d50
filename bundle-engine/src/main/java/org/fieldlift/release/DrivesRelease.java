package org.fieldlift.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;
import org.fieldlift.io.Content;
import org.fieldlift.io.Problem;
import org.fieldlift.release.DriveManifest.HeldPiece;
import org.fieldlift.release.DriveManifest.HeldRelease;

/// A release that lies in pieces on the drives of a set and is read where it lies.
///
/// `drive.json` is only the map: a wrong map leads to bytes the signed entries refuse, and then
/// serves to name the piece that is at fault.
final class DrivesRelease extends ListedRelease {
  /// One part and the places of its pieces among all pieces of the release.
  private record Slices(Part part, int first, int count) {}

  private final DriveSet set;
  private final HeldRelease held;
  private final List<Slices> slices;
  private final List<Part> parts;

  private DrivesRelease(DriveSet set, SignedRelease signed, HeldRelease held, List<Slices> slices) {
    super(signed);
    this.set = set;
    this.held = held;
    this.slices = slices;
    this.parts = slices.stream().map(Slices::part).toList();
  }

  static DrivesRelease open(DriveSet set, HeldRelease held) throws IOException {
    return new DrivesRelease(set, set.signed(held.id()), held, slices(held));
  }

  @Override
  public String where() {
    return "drives " + set.codes();
  }

  @Override
  public List<Part> parts() {
    return parts;
  }

  @Override
  protected Content part(int place) throws IOException {
    Slices part = slices.get(place);
    List<Content> contents = new ArrayList<>();
    for (int piece = part.first(); piece < part.first() + part.count(); piece++) {
      contents.add(piece(piece));
    }
    return new JoinedContent(contents);
  }

  @Override
  protected IOException blame(int place, IOException cause) {
    Slices part = slices.get(place);
    for (int piece = part.first(); piece < part.first() + part.count(); piece++) {
      try {
        if (!Digests.of(piece(piece)).equals(held.pieces().get(piece).sha256())) {
          return problem(piece, "is damaged");
        }
      } catch (Problem named) {
        return named;
      } catch (IOException unreadable) {
        return problem(piece, "cannot be read");
      }
    }
    return cause;
  }

  private Content piece(int number) throws IOException {
    HeldPiece piece = held.pieces().get(number);
    Optional<Content> content = set.find(piece);
    if (content.isPresent()) return content.get();
    if (!set.isHere(piece.drive())) throw set.missing(piece.drive());
    throw problem(number, "is missing or cut off");
  }

  private Problem problem(int number, String what) {
    return Problem.drive(
        "Piece %d of %d on %s %s."
            .formatted(
                number + 1,
                held.pieces().size(),
                set.name(held.pieces().get(number).drive()),
                what),
        "Write this drive again; the others are fine as far as they were read.");
  }

  /// Groups the pieces by part and refuses a map with gaps or overlaps.
  private static List<Slices> slices(HeldRelease held) throws Problem {
    List<Slices> slices = new ArrayList<>();
    List<HeldPiece> pieces = held.pieces();
    int at = 0;
    while (at < pieces.size()) {
      Part part = pieces.get(at).piece().part();
      int first = at;
      long offset = 0;
      while (offset < part.size()) {
        if (at == pieces.size()) throw torn(held);
        Piece piece = pieces.get(at).piece();
        boolean follows =
            piece.part().equals(part) && piece.offset() == offset && piece.number() == at - first;
        if (!follows) throw torn(held);
        offset += piece.size();
        at++;
      }
      slices.add(new Slices(part, first, at - first));
    }
    if (slices.isEmpty()) throw torn(held);
    return List.copyOf(slices);
  }

  private static Problem torn(HeldRelease held) {
    return Problem.drive(
        "drive.json does not say which pieces make up release " + held.id().brief() + ".",
        "Write the drives of this set again.");
  }
}
