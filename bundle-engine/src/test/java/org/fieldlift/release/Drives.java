package org.fieldlift.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;
import org.fieldlift.io.Digest;
import org.fieldlift.release.DriveManifest.HeldFile;
import org.fieldlift.release.DriveManifest.HeldPiece;
import org.fieldlift.release.DriveManifest.HeldRelease;

/// Drive sets as plain folders: pieces dealt to the drives in turn.
final class Drives {
  private static final int LARGEST_PIECE = 3 << 20;

  private Drives() {}

  static String code(String set, int number) {
    return "FL-" + set + "00" + number;
  }

  /// Writes a directory form onto this many drives below a folder.
  static List<Path> write(Path folder, Path release, String set, int of) throws IOException {
    byte[] json = Files.readAllBytes(release.resolve("release.json"));
    SignedRelease signed = SignedRelease.of(json, null);
    PartList parts = PartList.parse(Files.readAllBytes(release.resolve("parts.json")));
    List<Path> drives = new ArrayList<>();
    for (int number = 1; number <= of; number++) drives.add(folder.resolve(set + number));
    List<HeldPiece> held = new ArrayList<>();
    for (Part part : parts.parts()) {
      byte[] bytes = Files.readAllBytes(release.resolve("parts/" + part.sha256().hex()));
      int number = 0;
      for (int from = 0; from < bytes.length; from += LARGEST_PIECE) {
        Piece piece = new Piece(part, number++, from, Math.min(bytes.length - from, LARGEST_PIECE));
        byte[] slice = Arrays.copyOfRange(bytes, from, from + (int) piece.size());
        int drive = held.size() % of;
        Samples.write(drives.get(drive).resolve(DriveManifest.piecePath(piece)), slice);
        held.add(new HeldPiece(piece, Digest.of(slice), drive + 1));
      }
    }
    List<String> codes = new ArrayList<>();
    for (int number = 1; number <= of; number++) codes.add(code(set, number));
    for (int number = 1; number <= of; number++) {
      Path drive = drives.get(number - 1);
      Samples.write(
          drive.resolve(DriveManifest.releaseFolder(signed.id()) + "/release.json"), json);
      Samples.write(
          drive.resolve(DriveManifest.FILE),
          manifest(set, number, of, signed, held, codes).toJson());
    }
    return drives;
  }

  private static DriveManifest manifest(
      String set,
      int number,
      int of,
      SignedRelease signed,
      List<HeldPiece> held,
      List<String> codes)
      throws IOException {
    Release release = signed.release();
    return new DriveManifest(
        code(set, number),
        "set-" + set,
        number,
        of,
        "Lab laptop",
        Samples.digest(1),
        Samples.CREATED,
        List.of(
            new HeldRelease(
                signed.id(), release.product(), release.label(), release.platform(), held)),
        List.of("device-1"),
        List.of(new HeldFile("README.txt", 12, Samples.digest(2))),
        codes);
  }
}
