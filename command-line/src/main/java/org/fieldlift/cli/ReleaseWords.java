package org.fieldlift.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.fieldlift.engine.ReleaseDesk.Detail;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.release.Release;
import org.fieldlift.trust.Verdict;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A release in text and in JSON, the same in every command.
final class ReleaseWords {
  private ReleaseWords() {}

  static String text(Detail detail) {
    Release release = detail.release();
    StringBuilder text = new StringBuilder();
    line(text, "Release", release.product() + " " + release.label());
    line(text, "Id", detail.row().id().hex());
    line(text, "Platform", release.platform());
    line(text, "Sequence", Long.toString(release.sequence()));
    line(text, "Made", release.createdAt().toString());
    if (release.validUntil() != null) line(text, "Valid until", release.validUntil().toString());
    detail.row().expiredSince().ifPresent(end -> line(text, "Expired", expired(end)));
    line(
        text,
        "Contents",
        "%d entries, %s unpacked, %s packed"
            .formatted(
                release.entries().size(),
                ByteSize.text(release.unpackedSize()),
                ByteSize.text(detail.row().size())));
    if (!release.images().isEmpty() || !release.downloads().isEmpty()) {
      line(
          text,
          "Brings",
          "%d container images, %d downloads"
              .formatted(release.images().size(), release.downloads().size()));
    }
    if (detail.parts() > 0) line(text, "Parts", Integer.toString(detail.parts()));
    line(text, "Where", detail.location());
    line(text, "Verdict", detail.verdict().words());
    if (release.notes() != null) {
      text.append('\n');
      release.notes().lines().forEach(note -> text.append(PlainText.of(note)).append('\n'));
    }
    return text.toString().stripTrailing();
  }

  static ObjectNode json(Detail detail) {
    ObjectNode json = json(detail.row());
    json.put("genuine", detail.verdict().isGenuine());
    json.put("verdict", detail.verdict().words());
    Instant end = detail.release().validUntil();
    if (end != null) json.put("validUntil", end.toString());
    json.put("entries", detail.release().entries().size());
    json.put("unpackedSize", detail.release().unpackedSize());
    json.put("parts", detail.parts());
    json.put("location", detail.location());
    ArrayNode images = json.putArray("images");
    detail.release().images().forEach(image -> images.add(image.reference()));
    return json;
  }

  static ObjectNode json(Row row) {
    ObjectNode json = Json.object();
    json.put("id", row.id().hex());
    json.put("product", row.product());
    json.put("version", row.label());
    json.put("platform", row.platform());
    json.put("sequence", row.sequence());
    json.put("size", row.size());
    json.put("createdAt", row.createdAt().toString());
    json.put("where", row.where().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("source", row.source());
    row.expiredSince().ifPresent(end -> json.put("expiredSince", end.toString()));
    row.verdict().ifPresent(verdict -> json.put("genuine", verdict.isGenuine()));
    return json;
  }

  /// What stands behind "expired".
  static String expired(Instant end) {
    return "since " + end + "; devices refuse it";
  }

  /// A word or two for a list.
  static String word(Row row) {
    String word = verdict(row);
    return row.expiredSince()
        .map(end -> word + ", expired since " + LocalDate.ofInstant(end, ZoneOffset.UTC))
        .orElse(word);
  }

  private static String verdict(Row row) {
    return row.verdict()
        .map(verdict ->
            switch (verdict) {
              case Verdict.Genuine genuine -> "genuine";
              case Verdict.Unsigned unsigned -> "not signed";
              case Verdict.NotAllowed notAllowed -> "not allowed";
              case Verdict.Broken broken -> "not genuine";
            })
        .orElse("not checked");
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-12s%s\n".formatted(name, PlainText.of(value)));
  }
}
