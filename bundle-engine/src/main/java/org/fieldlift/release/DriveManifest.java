package org.fieldlift.release;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.fieldlift.archive.Piece;
import org.fieldlift.io.Digest;

/// `FIELDLIFT/drive.json`: what a drive of ours says of itself (`docs/formats.md` 3). Signed by the
/// station in `drive.json.dsse`, which says who wrote the drive, not that its releases are genuine.
///
/// @param code what is on the label ("FL-7K3QX2")
/// @param set id of the drive set
/// @param number from 1
/// @param of drives in the set
/// @param station what the station is called
/// @param stationKey fingerprint of the station's key
/// @param releases in the order they were laid out
/// @param devices ids of the devices it is meant for
/// @param files every file on the drive but `drive.json` and its signature
/// @param codes what is on the labels of all drives of the set, by number, so that a missing one
///   can be called by its name; empty when not known
public record DriveManifest(
    String code,
    String set,
    int number,
    int of,
    String station,
    Digest stationKey,
    Instant time,
    List<HeldRelease> releases,
    List<String> devices,
    List<HeldFile> files,
    List<String> codes) {
  public static final String SCHEMA = "fieldlift.drive/1";
  public static final String FOLDER = "FIELDLIFT";
  public static final String FILE = "FIELDLIFT/drive.json";
  public static final String SIGNATURE = "FIELDLIFT/drive.json.dsse";
  public static final String PAYLOAD_TYPE = "application/vnd.fieldlift.drive+json";

  /// Largest `drive.json` that is read, in bytes.
  public static final int LARGEST_JSON = 16 << 20;

  /// Longest name of a station, set, product, version or platform, in characters.
  public static final int LONGEST_WORDS = 250;

  /// @param id digest of its `release.json`
  /// @param pieces the pieces of all parts across the whole set, in archive order
  public record HeldRelease(
      Digest id, String product, String label, String platform, List<HeldPiece> pieces) {}

  /// @param sha256 digest of the piece itself
  /// @param drive number of the drive that holds it
  public record HeldPiece(Piece piece, Digest sha256, int drive) {}

  public record HeldFile(String path, long size, Digest sha256) {}

  /// The folder of one release on a drive.
  public static String releaseFolder(Digest release) {
    return FOLDER + "/releases/" + release.hex();
  }

  /// The path of a piece on a drive.
  public static String piecePath(Piece piece) {
    return FOLDER + "/pieces/" + piece.fileName();
  }

  /// Reads `drive.json` strictly. What it says is a map, not a proof.
  ///
  /// @throws org.fieldlift.io.Problem of kind NOT_GENUINE, naming the field
  public static DriveManifest parse(byte[] json) throws IOException {
    return DriveManifestJson.read(json);
  }

  /// The bytes of `drive.json`; the same manifest yields the same bytes.
  public byte[] toJson() {
    return DriveManifestJson.write(this);
  }
}
