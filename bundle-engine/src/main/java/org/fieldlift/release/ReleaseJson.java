package org.fieldlift.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.fieldlift.archive.Entry;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release.Download;
import org.fieldlift.release.Release.Image;
import org.fieldlift.release.Release.Kind;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `release.json` as bytes (`docs/formats.md` 1, `release.schema.json`).
///
/// Fields this version does not know are passed over, so that a later Fieldlift may say more
/// without locking out devices in the field; whatever changes a meaning changes the schema's name.
final class ReleaseJson {
  private static final Pattern KIND = Pattern.compile("forklift-bundle|file");
  private static final int MOST_IMAGES = 10_000;
  private static final int MOST_LAYERS = 1_000;
  private static final int MOST_DOWNLOADS = 10_000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REFERENCE = 1024;
  private static final int LONGEST_URL = 8192;
  private static final int LONGEST_NOTES = 1 << 20;

  private ReleaseJson() {}

  static byte[] write(Release release) {
    ObjectNode json =
        Json.object()
            .put("schema", Release.SCHEMA)
            .put("kind", release.kind().word())
            .put("product", release.product())
            .put("version", release.version())
            .put("clean", release.clean())
            .put("sequence", release.sequence())
            .put("platform", release.platform())
            .put("createdAt", release.createdAt().toString());
    Instant validUntil = release.validUntil();
    if (validUntil != null) json.put("validUntil", validUntil.toString());
    ArrayNode entries = json.putArray("entries");
    release.entries().forEach(entry -> entries.add(EntryJson.write(entry)));
    ArrayNode images = json.putArray("images");
    release.images().forEach(image -> images.add(write(image)));
    ArrayNode downloads = json.putArray("downloads");
    release.downloads().forEach(download -> downloads.add(write(download)));
    if (release.notes() != null) json.put("notes", release.notes());
    return Json.write(json);
  }

  static Release read(byte[] bytes) throws Problem {
    if (bytes.length > Release.LARGEST_JSON) {
      throw Limits.tooLarge("release.json", bytes.length, Release.LARGEST_JSON);
    }
    Fields fields = Fields.read(bytes, "release.json");
    fields.requireSchema(Release.SCHEMA);
    Kind kind =
        StrictFields.text(fields, "kind", KIND, LONGEST_NAME).equals(Kind.FILE.word())
            ? Kind.FILE
            : Kind.FORKLIFT_BUNDLE;
    Release release =
        new Release(
            kind,
            StrictFields.text(fields, "product", StrictFields.PRODUCT, LONGEST_NAME),
            StrictFields.text(fields, "version", StrictFields.VERSION, LONGEST_NAME),
            fields.flag("clean"),
            StrictFields.number(fields, "sequence", 0, Long.MAX_VALUE),
            StrictFields.text(fields, "platform", StrictFields.PLATFORM, LONGEST_NAME),
            StrictFields.time(fields, "createdAt"),
            StrictFields.optionalTime(fields, "validUntil"),
            entries(fields),
            images(fields),
            downloads(fields),
            StrictFields.optionalWords(fields, "notes", LONGEST_NOTES).orElse(null));
    EntryRules.check(kind, release.entries());
    return release;
  }

  private static List<Entry> entries(Fields fields) throws Problem {
    List<Entry> entries = new ArrayList<>();
    for (Fields entry : fields.objects("entries")) entries.add(EntryJson.read(entry));
    if (entries.isEmpty()) throw fields.wrong("entries", "a list with at least one entry");
    return List.copyOf(entries);
  }

  private static List<Image> images(Fields fields) throws Problem {
    List<Image> images = new ArrayList<>();
    for (Fields image : few(fields, "images", MOST_IMAGES)) {
      images.add(
          new Image(
              StrictFields.words(image, "reference", LONGEST_REFERENCE),
              StrictFields.text(image, "platform", StrictFields.PLATFORM, LONGEST_NAME),
              StrictFields.optionalDigest(image, "index"),
              StrictFields.digest(image, "manifest"),
              StrictFields.digest(image, "config"),
              StrictFields.digests(image, "layers", MOST_LAYERS)));
    }
    return List.copyOf(images);
  }

  private static List<Download> downloads(Fields fields) throws Problem {
    List<Download> downloads = new ArrayList<>();
    for (Fields download : few(fields, "downloads", MOST_DOWNLOADS)) {
      downloads.add(
          new Download(
              StrictFields.words(download, "url", LONGEST_URL),
              StrictFields.path(download, "path"),
              StrictFields.digest(download, "sha256")));
    }
    return List.copyOf(downloads);
  }

  private static List<Fields> few(Fields fields, String name, int most) throws Problem {
    List<Fields> all = fields.objects(name);
    if (all.size() > most) throw fields.wrong(name, "a list of at most " + most);
    return all;
  }

  private static ObjectNode write(Image image) {
    ObjectNode json =
        Json.object().put("reference", image.reference()).put("platform", image.platform());
    Digest index = image.index();
    if (index != null) json.put("index", index.hex());
    json.put("manifest", image.manifest().hex()).put("config", image.config().hex());
    if (!image.layers().isEmpty()) {
      ArrayNode layers = json.putArray("layers");
      image.layers().forEach(layer -> layers.add(layer.hex()));
    }
    return json;
  }

  private static ObjectNode write(Download download) {
    return Json.object()
        .put("url", download.url())
        .put("path", download.path())
        .put("sha256", download.sha256().hex());
  }
}
