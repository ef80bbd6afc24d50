package org.fieldlift.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fieldlift.archive.Part;
import org.fieldlift.archive.Piece;
import org.fieldlift.io.Json;
import org.fieldlift.release.DriveManifest.HeldFile;
import org.fieldlift.release.DriveManifest.HeldPiece;
import org.fieldlift.release.DriveManifest.HeldRelease;
import org.fieldlift.source.ReleaseIndex;
import org.fieldlift.source.Source.Offer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What we write is what the published schemas describe, field by field: types, patterns, and no
/// field the schema does not know.
class SchemaTest {
  private static final Part PART = new Part(Samples.digest(1), 100);

  static Stream<Arguments> documents() {
    Release release =
        new Release(
            Release.Kind.FORKLIFT_BUNDLE,
            Samples.PRODUCT,
            "v1",
            false,
            7,
            "linux/arm/v7",
            Samples.CREATED,
            Samples.CREATED,
            List.of(Samples.directory("a"), Samples.file("a/b"), Samples.link("c", "a")),
            List.of(
                new Release.Image(
                    "r:1",
                    "linux/arm64",
                    Samples.digest(1),
                    Samples.digest(2),
                    Samples.digest(3),
                    List.of(Samples.digest(4)))),
            List.of(new Release.Download("https://x/", "x", Samples.digest(4))),
            "notes");
    DriveManifest drive =
        new DriveManifest(
            "FL-7K3QX2",
            "s",
            1,
            1,
            "Lab",
            Samples.digest(1),
            Samples.CREATED,
            List.of(
                new HeldRelease(
                    Samples.digest(2),
                    "p",
                    "v1",
                    "any",
                    List.of(new HeldPiece(new Piece(PART, 0, 0, 100), Samples.digest(3), 1)))),
            List.of("d"),
            List.of(new HeldFile("README.txt", 1, Samples.digest(4))),
            List.of("FL-7K3QX2"));
    Offer offer =
        new Offer(Samples.digest(1), "p", "v1", "any", 1, 1, Samples.CREATED, "x.file.tar.gz");
    return Stream.of(
        Arguments.of("release", release.toJson()),
        Arguments.of("parts", new PartList(Samples.digest(1), List.of(PART)).toJson()),
        Arguments.of("drive", drive.toJson()),
        Arguments.of("index", new ReleaseIndex(List.of(offer)).toJson()));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void whatIsWrittenFitsItsSchema(String name, byte[] json) throws IOException {
    try (InputStream in =
        Release.class.getResourceAsStream("/org/fieldlift/schema/" + name + ".schema.json")) {
      JsonNode schema = Json.readObject(in.readAllBytes(), name);
      List<String> faults = new ArrayList<>();
      fit(schema, schema, Json.readObject(json, name), name, faults);
      assertThat(faults).isEmpty();
    }
  }

  /// The few words of JSON Schema our schemas use.
  private static void fit(
      JsonNode root, JsonNode rule, JsonNode value, String at, List<String> faults) {
    if (rule.isBoolean()) {
      if (!rule.booleanValue()) faults.add(at + " must be absent");
      return;
    }
    if (rule.has("$ref")) {
      String name = rule.get("$ref").stringValue().substring("#/$defs/".length());
      fit(root, root.get("$defs").get(name), value, at, faults);
    }
    if (rule.has("oneOf")) {
      long fitting =
          rule.get("oneOf")
              .valueStream()
              .filter(one -> {
                List<String> found = new ArrayList<>();
                fit(root, one, value, at, found);
                return found.isEmpty();
              })
              .count();
      if (fitting != 1) faults.add(at + " fits " + fitting + " alternatives");
    }
    if (rule.has("const") && !rule.get("const").equals(value)) faults.add(at + " const");
    if (rule.has("enum") && rule.get("enum").valueStream().noneMatch(value::equals)) {
      faults.add(at + " enum");
    }
    if (rule.has("pattern") && !value.stringValue().matches(rule.get("pattern").stringValue())) {
      faults.add(at + " pattern");
    }
    if (rule.has("type") && !isOf(rule.get("type").stringValue(), value)) faults.add(at + " type");
    if (rule.has("required")) {
      rule.get("required")
          .valueStream()
          .filter(field -> !value.has(field.stringValue()))
          .forEach(field -> faults.add(at + " lacks " + field));
    }
    if (rule.has("properties")) {
      value
          .properties()
          .forEach(field -> {
            JsonNode inner = rule.get("properties").get(field.getKey());
            String where = at + "." + field.getKey();
            if (inner == null) faults.add(where + " is not in the schema");
            else fit(root, inner, field.getValue(), where, faults);
          });
    }
    if (rule.has("items")) {
      value.valueStream().forEach(item -> fit(root, rule.get("items"), item, at + "[]", faults));
    }
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> false;
    };
  }
}
