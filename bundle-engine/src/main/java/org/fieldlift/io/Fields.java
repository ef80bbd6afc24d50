package org.fieldlift.io;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of a foreign JSON object, taken out one by one with their type checked.
///
/// A wrong or missing field is a [Problem] that names document and field; nothing is guessed.
///
/// @param what names the document in errors
public record Fields(ObjectNode object, String what) {

  public static Fields read(byte[] json, String what) throws Problem {
    return new Fields(Json.readObject(json, what), what);
  }

  /// Refuses a document of another kind or version.
  public void requireSchema(String schema) throws Problem {
    String found = text("schema");
    if (!found.equals(schema)) {
      throw Problem.notGenuine(
          what + " is of the unknown format " + PlainText.of(found) + ".",
          "Use a version of Fieldlift that knows it; this one reads " + schema + ".");
    }
  }

  public String text(String name) throws Problem {
    JsonNode value = object.get(name);
    if (value == null || !value.isString()) throw wrong(name, "a text");
    return value.stringValue();
  }

  public Optional<String> optionalText(String name) throws Problem {
    return isAbsent(name) ? Optional.empty() : Optional.of(text(name));
  }

  public long number(String name) throws Problem {
    JsonNode value = object.get(name);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, "a whole number");
    }
    return value.longValue();
  }

  public boolean flag(String name) throws Problem {
    JsonNode value = object.get(name);
    if (value == null || !value.isBoolean()) throw wrong(name, "true or false");
    return value.booleanValue();
  }

  public Digest digest(String name) throws Problem {
    String text = text(name);
    if (!Digest.looksLike(text)) throw wrong(name, "a SHA-256 digest");
    return Digest.parse(text);
  }

  public byte[] base64(String name) throws Problem {
    try {
      return Base64.getDecoder().decode(text(name));
    } catch (IllegalArgumentException e) {
      throw wrong(name, "base64");
    }
  }

  public Instant time(String name) throws Problem {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw wrong(name, "a time such as 2026-05-12T08:30:00Z");
    }
  }

  public Fields object(String name) throws Problem {
    if (object.get(name) instanceof ObjectNode inner) return new Fields(inner, what);
    throw wrong(name, "an object");
  }

  /// A list of objects; empty when the field is absent.
  public List<Fields> objects(String name) throws Problem {
    List<Fields> all = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      if (!(element instanceof ObjectNode inner)) throw wrong(name, "a list of objects");
      all.add(new Fields(inner, what));
    }
    return all;
  }

  /// A list of texts; empty when the field is absent.
  public List<String> texts(String name) throws Problem {
    List<String> all = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      if (!element.isString()) throw wrong(name, "a list of texts");
      all.add(element.stringValue());
    }
    return all;
  }

  public boolean isAbsent(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull();
  }

  /// The refusal of a field whose value makes no sense.
  public Problem wrong(String name, String expected) {
    return Problem.notGenuine(
        what + " is not valid: \"" + name + "\" must be " + expected + ".",
        "It is damaged or was not written by Fieldlift; get it again from its source.");
  }

  private Iterable<JsonNode> elements(String name) throws Problem {
    if (isAbsent(name)) return List.of();
    JsonNode value = object.get(name);
    if (value == null || !value.isArray()) throw wrong(name, "a list");
    return value;
  }
}
