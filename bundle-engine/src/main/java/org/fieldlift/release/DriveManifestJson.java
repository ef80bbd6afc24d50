package org.fieldlift.release;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Problem;
import org.fieldlift.release.DriveManifest.HeldFile;
import org.fieldlift.release.DriveManifest.HeldPiece;
import org.fieldlift.release.DriveManifest.HeldRelease;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `FIELDLIFT/drive.json` as bytes (`docs/formats.md` 3, `drive.schema.json`).
final class DriveManifestJson {
  /// Most drives of one set.
  static final int MOST_DRIVES = 999;

  private static final Pattern CODE = Pattern.compile("[A-Z0-9][A-Z0-9-]{0,15}");
  private static final long LARGEST_FILE = 1L << 46;

  private DriveManifestJson() {}

  static byte[] write(DriveManifest drive) {
    ObjectNode json =
        Json.object()
            .put("schema", DriveManifest.SCHEMA)
            .put("code", drive.code())
            .put("set", drive.set())
            .put("number", drive.number())
            .put("of", drive.of());
    ArrayNode codes = json.putArray("codes");
    drive.codes().forEach(codes::add);
    json.put("station", drive.station())
        .put("stationKey", drive.stationKey().hex())
        .put("time", drive.time().toString());
    ArrayNode releases = json.putArray("releases");
    drive.releases().forEach(release -> write(release, releases.addObject()));
    ArrayNode devices = json.putArray("devices");
    drive.devices().forEach(devices::add);
    ArrayNode files = json.putArray("files");
    drive.files().forEach(file -> write(file, files.addObject()));
    return Json.write(json);
  }

  static DriveManifest read(byte[] bytes) throws Problem {
    if (bytes.length > DriveManifest.LARGEST_JSON) {
      throw Limits.tooLarge("drive.json", bytes.length, DriveManifest.LARGEST_JSON);
    }
    Fields fields = Fields.read(bytes, "drive.json");
    fields.requireSchema(DriveManifest.SCHEMA);
    int of = (int) StrictFields.number(fields, "of", 1, MOST_DRIVES);
    List<HeldRelease> releases = new ArrayList<>();
    for (Fields release : fields.objects("releases")) releases.add(release(release, of));
    List<HeldFile> files = new ArrayList<>();
    for (Fields file : fields.objects("files")) files.add(file(file));
    return new DriveManifest(
        StrictFields.text(fields, "code", CODE, DriveManifest.LONGEST_WORDS),
        StrictFields.words(fields, "set", DriveManifest.LONGEST_WORDS),
        (int) StrictFields.number(fields, "number", 1, of),
        of,
        StrictFields.words(fields, "station", DriveManifest.LONGEST_WORDS),
        StrictFields.digest(fields, "stationKey"),
        StrictFields.time(fields, "time"),
        List.copyOf(releases),
        List.copyOf(fields.texts("devices")),
        List.copyOf(files),
        codes(fields, of));
  }

  private static List<String> codes(Fields fields, int of) throws Problem {
    List<String> codes = fields.texts("codes");
    boolean fits = codes.isEmpty() || codes.size() == of;
    if (!fits || !codes.stream().allMatch(code -> CODE.matcher(code).matches())) {
      throw fields.wrong("codes", "the codes of all drives of the set, or absent");
    }
    return List.copyOf(codes);
  }

  private static HeldRelease release(Fields fields, int of) throws Problem {
    List<HeldPiece> pieces = new ArrayList<>();
    for (Fields piece : fields.objects("pieces")) pieces.add(piece(piece, of));
    return new HeldRelease(
        StrictFields.digest(fields, "id"),
        StrictFields.words(fields, "product", DriveManifest.LONGEST_WORDS),
        StrictFields.words(fields, "label", DriveManifest.LONGEST_WORDS),
        StrictFields.words(fields, "platform", DriveManifest.LONGEST_WORDS),
        List.copyOf(pieces));
  }

  private static HeldPiece piece(Fields fields, int of) throws Problem {
    Part part =
        new Part(
            StrictFields.digest(fields, "part"),
            StrictFields.number(fields, "partSize", 1, PartList.LARGEST_PART));
    long offset = StrictFields.number(fields, "offset", 0, part.size() - 1);
    return new HeldPiece(
        new Piece(
            part,
            (int) StrictFields.number(fields, "number", 0, 999),
            offset,
            StrictFields.number(fields, "size", 1, part.size() - offset)),
        StrictFields.digest(fields, "sha256"),
        (int) StrictFields.number(fields, "drive", 1, of));
  }

  private static HeldFile file(Fields fields) throws Problem {
    return new HeldFile(
        StrictFields.path(fields, "path"),
        StrictFields.number(fields, "size", 0, LARGEST_FILE),
        StrictFields.digest(fields, "sha256"));
  }

  private static void write(HeldRelease release, ObjectNode json) {
    json.put("id", release.id().hex())
        .put("product", release.product())
        .put("label", release.label())
        .put("platform", release.platform());
    ArrayNode pieces = json.putArray("pieces");
    for (HeldPiece held : release.pieces()) {
      Piece piece = held.piece();
      Digest part = piece.part().sha256();
      pieces
          .addObject()
          .put("part", part.hex())
          .put("partSize", piece.part().size())
          .put("number", piece.number())
          .put("offset", piece.offset())
          .put("size", piece.size())
          .put("sha256", held.sha256().hex())
          .put("drive", held.drive());
    }
  }

  private static void write(HeldFile file, ObjectNode json) {
    json.put("path", file.path()).put("size", file.size()).put("sha256", file.sha256().hex());
  }
}
