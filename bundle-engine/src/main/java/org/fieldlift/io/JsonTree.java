package org.fieldlift.io;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON text to and from trees, token by token. Jackson's mapper would do the same, but takes
/// longer to set up than most commands take altogether.
final class JsonTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonFactory FORMAT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Json.DEEPEST)
                  .maxStringLength(Json.LONGEST_STRING)
                  .maxNumberLength(Json.LONGEST_NUMBER)
                  .maxTokenCount(Json.MOST_TOKENS)
                  .build())
          .build();

  private static final ObjectWriteContext LINES =
      new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
          return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
          return true;
        }
      };

  private JsonTree() {}

  /// The one document in these bytes.
  ///
  /// @throws JacksonIOException when they are not UTF-8
  /// @throws JacksonException when there is none, more than one, or one beyond the limits
  static JsonNode read(byte[] bytes) {
    Reader text =
        new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
    try (JsonParser parser = FORMAT.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) throw new StreamReadException(parser, "it is empty");
      JsonNode document = value(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "something follows its end");
      }
      return document;
    }
  }

  /// @param lines over several lines, two spaces of indent; else on one
  static String text(JsonNode document, boolean lines) {
    StringWriter text = new StringWriter();
    ObjectWriteContext context = lines ? LINES : ObjectWriteContext.empty();
    try (JsonGenerator generator = FORMAT.createGenerator(context, text)) {
      write(document, generator);
    }
    return text.toString();
  }

  private static JsonNode value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.stringNode(whole(parser, parser.getString()));
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new StreamReadException(parser, "a value is missing");
    };
  }

  private static ObjectNode object(JsonParser parser) {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = whole(parser, parser.currentName());
      parser.nextToken();
      object.set(name, value(parser));
    }
    return object;
  }

  /// Stops half of a character (`\\ud800`), which every program would write differently.
  private static String whole(JsonParser parser, String text) {
    boolean isWhole =
        text.codePoints()
            .noneMatch(
                point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    if (!isWhole) throw new StreamReadException(parser, "a text is not valid Unicode");
    return text;
  }

  private static ArrayNode array(JsonParser parser) {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) array.add(value(parser));
    return array;
  }

  private static JsonNode integer(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private static void write(JsonNode node, JsonGenerator generator) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        generator.writeStartObject();
        node.properties()
            .forEach(property -> {
              generator.writeName(property.getKey());
              write(property.getValue(), generator);
            });
        generator.writeEndObject();
      }
      case ARRAY -> {
        generator.writeStartArray();
        node.values().forEach(value -> write(value, generator));
        generator.writeEndArray();
      }
      case STRING -> generator.writeString(node.stringValue());
      case NUMBER -> {
        if (node.isIntegralNumber()) generator.writeNumber(node.bigIntegerValue());
        else generator.writeNumber(node.doubleValue());
      }
      case BOOLEAN -> generator.writeBoolean(node.booleanValue());
      case NULL -> generator.writeNull();
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    }
  }
}
