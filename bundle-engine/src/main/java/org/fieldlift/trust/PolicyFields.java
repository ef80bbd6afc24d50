package org.fieldlift.trust;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Yaml;
import org.jspecify.annotations.Nullable;

/// One mapping of a policy, read strictly: a field that is misspelt, missing or of another type is
/// an error that names the field. A rule that is read otherwise than its author meant it is worse
/// than none.
///
/// @param map name → value
/// @param origin where it comes from, for errors
/// @param at where in the policy, for errors; `""` at the top
record PolicyFields(Map<String, @Nullable Object> map, RuleOrigin origin, String at) {

  PolicyFields allow(String... names) throws Problem {
    Set<String> known = Set.of(names);
    for (String name : map.keySet()) {
      if (!known.contains(name)) {
        throw wrong(name, "is not known; known here are " + String.join(", ", names));
      }
    }
    return this;
  }

  boolean has(String name) {
    return map.get(name) != null;
  }

  String text(String name) throws Problem {
    if (map.get(name) instanceof String text && !text.isBlank()) return text;
    if (map.get(name) instanceof String) throw wrong(name, "is empty");
    throw wrong(name, has(name) ? "must be a text; put it in 'quotes'" : "is missing");
  }

  long number(String name) throws Problem {
    Object value = map.get(name);
    boolean whole = value instanceof Integer || value instanceof Long;
    if (whole && value instanceof Number number && number.longValue() >= 0) {
      return number.longValue();
    }
    if (value instanceof BigInteger) throw wrong(name, "is too large");
    throw wrong(name, "must be a whole number, 0 or more");
  }

  List<String> texts(String name) throws Problem {
    List<String> texts = new ArrayList<>();
    for (Object element : elements(name)) {
      if (!(element instanceof String text) || text.isBlank()) {
        throw wrong(name, "must be a list of texts; put each in 'quotes'");
      }
      texts.add(text);
    }
    return texts;
  }

  List<PolicyFields> mappings(String name) throws Problem {
    List<PolicyFields> mappings = new ArrayList<>();
    for (Object element : elements(name)) {
      mappings.add(mapping(element, name + "[" + (mappings.size() + 1) + "]"));
    }
    return mappings;
  }

  PolicyFields mapping(String name) throws Problem {
    return mapping(map.get(name), name);
  }

  Problem wrong(String name, String why) {
    return origin.wrong(at + name, why);
  }

  private PolicyFields mapping(@Nullable Object value, String name) throws Problem {
    if (!(value instanceof Map<?, ?> raw)) throw wrong(name, "must be a mapping");
    return new PolicyFields(Yaml.named(raw, origin.what()), origin, at + name + ".");
  }

  private List<?> elements(String name) throws Problem {
    if (map.get(name) instanceof List<?> list) return list;
    throw wrong(name, has(name) ? "must be a list" : "is missing");
  }
}
