package org.fieldlift.io;

import java.util.Map;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/// The JSON schema of YAML 1.2 (10.2) and no tag beyond it. Numbers are short: reading the digits
/// of a number takes time that grows with their square, and a million of them fit in any file.
final class YamlScalars implements Schema {
  private static final int LONGEST_NUMBER = 40;

  private final JsonSchema json = new JsonSchema();

  @Override
  public ScalarResolver getScalarResolver() {
    return json.getScalarResolver();
  }

  @Override
  public Map<Tag, ConstructNode> getSchemaTagConstructors() {
    Map<Tag, ConstructNode> all = json.getSchemaTagConstructors();
    return Map.of(
        Tag.NULL,
        of(all, Tag.NULL),
        Tag.BOOL,
        of(all, Tag.BOOL),
        Tag.INT,
        node -> of(all, Tag.INT).construct(shortOne(node)),
        Tag.FLOAT,
        node -> of(all, Tag.FLOAT).construct(shortOne(node)));
  }

  private static ConstructNode of(Map<Tag, ConstructNode> all, Tag tag) {
    ConstructNode known = all.get(tag);
    if (known == null) throw new IllegalStateException("no schema without " + tag);
    return known;
  }

  private static Node shortOne(Node node) {
    if (node instanceof ScalarNode scalar && scalar.getValue().length() <= LONGEST_NUMBER) {
      return node;
    }
    throw new YamlEngineException("a number is longer than " + LONGEST_NUMBER + " digits");
  }
}
