package org.fieldlift.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.Piece;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.FileTree;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.DriveManifest.HeldPiece;
import org.fieldlift.release.DriveManifest.HeldRelease;
import org.jspecify.annotations.Nullable;

/// The drives of one set that are at hand, in any order. Foreign files on them are never looked at:
/// everything is found by name.
final class DriveSet {
  /// @param tree the drive's files
  record Drive(DriveManifest manifest, FileTree tree) {}

  private final List<Drive> drives;

  private DriveSet(List<Drive> drives) {
    this.drives = drives;
  }

  static DriveSet open(List<? extends FileTree> trees) throws IOException {
    List<Drive> drives = new ArrayList<>();
    for (FileTree tree : trees) {
      Optional<byte[]> json = tree.bytes(DriveManifest.FILE, DriveManifest.LARGEST_JSON);
      if (json.isEmpty()) throw notOurs(tree);
      drives.add(new Drive(DriveManifest.parse(json.get()), tree));
    }
    if (drives.isEmpty()) throw Problem.usage("No drive was given.", "Name at least one drive.");
    for (Drive drive : drives) refuseMixture(drives.getFirst().manifest(), drive.manifest());
    return new DriveSet(List.copyOf(drives));
  }

  /// The releases the set holds, as far as the drives at hand tell.
  List<HeldRelease> releases() {
    List<HeldRelease> all = new ArrayList<>();
    for (Drive drive : drives) {
      for (HeldRelease held : drive.manifest().releases()) {
        if (all.stream().noneMatch(other -> other.id().equals(held.id()))) all.add(held);
      }
    }
    return all;
  }

  /// `release.json` and its signature, from any drive that has it undamaged.
  SignedRelease signed(Digest release) throws IOException {
    String folder = DriveManifest.releaseFolder(release) + "/";
    @Nullable Drive damaged = null;
    for (Drive drive : drives) {
      if (drive.tree().file(folder + FormFiles.RELEASE).isEmpty()) continue;
      SignedRelease signed = FormFiles.signed(drive.tree(), folder);
      if (signed.id().equals(release)) return signed;
      damaged = drive;
    }
    String brief = release.brief();
    if (damaged == null) {
      throw Problem.drive(
          "No drive at hand holds the release.json of release " + brief + ".",
          "Plug in the other drives of the set too.");
    }
    throw Problem.drive(
        "The release.json of release %s on drive %s is damaged."
            .formatted(brief, damaged.manifest().code()),
        "Write this drive again.");
  }

  /// The file of a piece, of the right size, wherever in the set it lies.
  Optional<Content> find(HeldPiece held) throws IOException {
    Piece piece = held.piece();
    for (Drive drive : drives) {
      Optional<Content> file = drive.tree().file(DriveManifest.piecePath(piece));
      if (file.isPresent() && file.get().size() == piece.size()) return file;
    }
    return Optional.empty();
  }

  boolean isHere(int number) {
    return drives.stream().anyMatch(drive -> drive.manifest().number() == number);
  }

  /// What is on the label of a drive: "drive FL-9MPT4D", or "drive 2 of 3" when nobody knows.
  String name(int number) {
    for (Drive drive : drives) {
      if (drive.manifest().number() == number) return "drive " + drive.manifest().code();
    }
    List<String> codes = drives.getFirst().manifest().codes();
    int of = drives.getFirst().manifest().of();
    return codes.isEmpty()
        ? "drive %d of %d".formatted(number, of)
        : "drive " + codes.get(number - 1);
  }

  /// The refusal when a drive of the set is not at hand.
  Problem missing(int number) {
    DriveManifest known = drives.getFirst().manifest();
    String code = known.codes().isEmpty() ? "" : " (" + known.codes().get(number - 1) + ")";
    return Problem.drive(
        "Drive %d of %d%s is missing.".formatted(number, known.of(), code),
        "Plug it in; it belongs to the same set as " + known.code() + ".");
  }

  /// All drives at hand, by what is on their labels.
  String codes() {
    return String.join(", ", drives.stream().map(drive -> drive.manifest().code()).toList());
  }

  private static void refuseMixture(DriveManifest one, DriveManifest other) throws Problem {
    if (one.set().equals(other.set()) && one.of() == other.of()) return;
    throw Problem.drive(
        "The drives %s and %s belong to different sets.".formatted(one.code(), other.code()),
        "Use only drives that were written together; their labels say which.");
  }

  private static Problem notOurs(FileTree tree) {
    return Problem.drive(
        PlainText.of(tree.name()) + " is not a drive Fieldlift wrote, or writing it never ended.",
        "Write it again, or use another drive.");
  }
}
