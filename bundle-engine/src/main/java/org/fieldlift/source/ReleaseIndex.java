package org.fieldlift.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.release.StrictFields;
import org.fieldlift.source.Source.Offer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `index.json`: what a folder or web server offers (`docs/formats.md` 4). Not signed: it only says
/// where to look, and what lies there proves itself.
public record ReleaseIndex(List<Offer> offers) {
  public static final String SCHEMA = "fieldlift.index/1";
  public static final String FILE = "index.json";

  /// Largest `index.json` that is read, in bytes.
  public static final int LARGEST_JSON = 8 << 20;

  private static final int MOST = 10_000;

  /// Beyond any drive, and small enough that nothing added to it overflows.
  private static final long LARGEST_ARCHIVE = 1L << 50;

  private static final int LONGEST_WORDS = 250;

  /// Writes `index.json` for the releases in a folder, so that any static web server can offer
  /// them.
  ///
  /// @return what is offered now, and sentences about files that look like releases but cannot be
  public static Written write(Path folder, Cancellation cancellation) throws IOException {
    FolderScan scan = FolderScan.of(folder, cancellation);
    AtomicFiles.write(folder.resolve(FILE), new ReleaseIndex(scan.offers()).toJson());
    return new Written(List.copyOf(scan.offers()), scan.faults());
  }

  /// @param faults one sentence each
  public record Written(List<Offer> offers, List<String> faults) {}

  /// Reads `index.json` strictly.
  ///
  /// @throws org.fieldlift.io.Problem of kind NOT_GENUINE, naming the field
  public static ReleaseIndex parse(byte[] json) throws IOException {
    if (json.length > LARGEST_JSON) throw Limits.tooLarge(FILE, json.length, LARGEST_JSON);
    Fields fields = Fields.read(json, FILE);
    fields.requireSchema(SCHEMA);
    List<Fields> releases = fields.objects("releases");
    if (releases.size() > MOST) throw fields.wrong("releases", "a list of at most " + MOST);
    List<Offer> offers = new ArrayList<>();
    for (Fields release : releases) {
      offers.add(
          new Offer(
              StrictFields.digest(release, "id"),
              StrictFields.text(release, "product", StrictFields.PRODUCT, LONGEST_WORDS),
              StrictFields.text(release, "label", StrictFields.VERSION, LONGEST_WORDS),
              StrictFields.text(release, "platform", StrictFields.PLATFORM, LONGEST_WORDS),
              StrictFields.number(release, "sequence", 0, Long.MAX_VALUE),
              StrictFields.number(release, "size", 1, LARGEST_ARCHIVE),
              StrictFields.time(release, "createdAt"),
              StrictFields.path(release, "path")));
    }
    return new ReleaseIndex(List.copyOf(offers));
  }

  /// The bytes of `index.json`; the same offers yield the same bytes.
  public byte[] toJson() {
    ObjectNode json = Json.object().put("schema", SCHEMA);
    ArrayNode list = json.putArray("releases");
    for (Offer offer : offers) {
      list.addObject()
          .put("id", offer.id().hex())
          .put("product", offer.product())
          .put("label", offer.label())
          .put("platform", offer.platform())
          .put("sequence", offer.sequence())
          .put("size", offer.size())
          .put("createdAt", offer.createdAt().toString())
          .put("path", offer.path());
    }
    return Json.write(json);
  }
}
