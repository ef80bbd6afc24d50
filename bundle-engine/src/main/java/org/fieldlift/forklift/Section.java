package org.fieldlift.forklift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Yaml;
import org.jspecify.annotations.Nullable;

/// One mapping of a YAML file of Forklift's, taken apart as Forklift does it: unknown keys are
/// passed over, an absent value is the empty one, a wrong type is an error.
///
/// @param file the file's name, for errors
/// @param at where in the file, with a dot at its end; empty at the top
record Section(Map<String, @Nullable Object> map, String file, String at) {

  /// True when the key is there with a value.
  boolean has(String name) {
    return map.get(name) != null;
  }

  /// A scalar as text; Forklift, too, takes an unquoted number for a text where it wants one.
  String text(String name) throws Problem {
    Object value = map.get(name);
    return switch (value) {
      case null -> "";
      case String text -> text;
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> throw wrong(name, "a text");
    };
  }

  boolean flag(String name) throws Problem {
    Object value = map.get(name);
    if (value == null) return false;
    if (value instanceof Boolean flag) return flag;
    throw wrong(name, "true or false");
  }

  int number(String name) throws Problem {
    Object value = map.get(name);
    if (value == null) return 0;
    if (value instanceof Integer number) return number;
    throw wrong(name, "a whole number");
  }

  List<Integer> numbers(String name) throws Problem {
    List<Integer> all = new ArrayList<>();
    for (Object element : elements(name)) {
      if (!(element instanceof Integer number)) throw wrong(name, "a list of whole numbers");
      all.add(number);
    }
    return all;
  }

  List<String> texts(String name) throws Problem {
    List<String> all = new ArrayList<>();
    for (Object element : elements(name)) {
      if (!(element instanceof String text)) throw wrong(name, "a list of texts");
      all.add(text);
    }
    return all;
  }

  /// A list of mappings.
  List<Section> list(String name) throws Problem {
    List<Section> all = new ArrayList<>();
    for (Object element : elements(name)) {
      if (!(element instanceof Map<?, ?> map)) throw wrong(name, "a list of mappings");
      all.add(new Section(Yaml.named(map, file), file, at + name + "."));
    }
    return all;
  }

  Section section(String name) throws Problem {
    Object value = map.get(name);
    if (value == null) return new Section(Map.of(), file, at + name + ".");
    if (!(value instanceof Map<?, ?> map)) throw wrong(name, "a mapping");
    return new Section(Yaml.named(map, file), file, at + name + ".");
  }

  /// The keys of this mapping, each with the mapping it stands for.
  Map<String, Section> sections() throws Problem {
    Map<String, Section> all = new TreeMap<>();
    for (String key : map.keySet()) all.put(key, section(key));
    return all;
  }

  /// True when some key of this mapping stands for a list.
  boolean holdsLists() {
    return map.values().stream().anyMatch(value -> value instanceof List<?>);
  }

  Problem wrong(String name, String expected) {
    return Problem.failed(
        file + " is not valid: \"" + PlainText.of(at + name) + "\" must be " + expected + ".",
        "Forklift cannot use it either; repair the file or stage the bundle again.");
  }

  private List<?> elements(String name) throws Problem {
    Object value = map.get(name);
    if (value == null) return List.of();
    if (value instanceof List<?> list) return list;
    throw wrong(name, "a list");
  }
}
