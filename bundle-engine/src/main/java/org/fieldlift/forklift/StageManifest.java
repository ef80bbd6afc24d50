package org.fieldlift.forklift;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Yaml;

/// `forklift-stage-store.yml`: which bundle is next, which were applied, and what people call them.
///
/// Read and written as Forklift does: unknown keys are passed over and lost on the next write, an
/// empty file is an empty state.
///
/// @param next 0 or less for none
/// @param history indices of successful applies, newest last
/// @param names user's name → index
record StageManifest(
    String forkliftVersion,
    int next,
    boolean nextFailed,
    List<Integer> history,
    Map<String, Integer> names) {
  static final String FILE = "forklift-stage-store.yml";

  /// What Forklift writes when it makes the file.
  static final StageManifest NEW = new StageManifest("v0.7.0", 0, false, List.of(), Map.of());

  static StageManifest parse(byte[] yaml) throws Problem {
    Section all = new Section(Yaml.readMap(yaml, FILE), FILE, "");
    Section staged = all.section("staged");
    Section named = staged.section("names");
    Map<String, Integer> names = new TreeMap<>(new YamlKeys());
    for (String name : named.map().keySet()) names.put(name, named.number(name));
    return new StageManifest(
        all.text("forklift-version"),
        staged.number("next"),
        staged.flag("next-failed"),
        staged.numbers("history"),
        names);
  }

  /// This state with another next bundle, whose apply has not failed yet.
  StageManifest withNext(int index) {
    return new StageManifest(forkliftVersion, index, false, history, names);
  }

  /// The index that a derived notion or a user's name stands for; nothing when it stands for none.
  Optional<Integer> index(String name) {
    return switch (name) {
      case "next" -> next > 0 ? Optional.of(next) : Optional.empty();
      case "current" -> fromEnd(1);
      case "rollback" -> fromEnd(2);
      case "pending" -> index("next").filter(index -> !fromEnd(1).equals(Optional.of(index)));
      default -> Optional.ofNullable(names.get(name));
    };
  }

  /// The file's bytes: four spaces of indent, keys and defaults as Forklift leaves them out.
  byte[] toYaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("forklift-version: ").append(YamlText.of(forkliftVersion)).append('\n');
    boolean empty = next == 0 && !nextFailed && history.isEmpty() && names.isEmpty();
    yaml.append(empty ? "staged: {}\n" : "staged:\n");
    if (next != 0) yaml.append("    next: ").append(next).append('\n');
    if (nextFailed) yaml.append("    next-failed: true\n");
    if (!history.isEmpty()) yaml.append("    history:\n");
    for (int index : history) yaml.append("        - ").append(index).append('\n');
    if (!names.isEmpty()) yaml.append("    names:\n");
    names.forEach(
        (name, index) -> yaml.append(YamlText.key("        ", name)).append(index).append('\n'));
    return yaml.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Optional<Integer> fromEnd(int place) {
    int at = history.size() - place;
    return at < 0 ? Optional.empty() : Optional.of(history.get(at));
  }
}
