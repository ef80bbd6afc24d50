package org.fieldlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A stage store as Forklift sees it: directories with a number are bundles, the manifest names
/// one, and a swap file blocks everything.
///
/// @param bundle what every bundle in it must be
record StageStore(Path folder, Path bundle) {
  private static final String MANIFEST = "forklift-stage-store.yml";
  private static final String SWAP = "forklift-stage-store-swap.yml";

  /// In words, after every rule was held.
  String state() throws IOException {
    if (!Files.exists(folder)) return "no store yet";
    Set<String> names = names();
    assertThat(names).doesNotContain(SWAP);
    boolean isWhole = false;
    for (String number : names.stream().filter(name -> name.matches("\\d+")).toList()) {
      Trees.assertSame(bundle, folder.resolve(number));
      isWhole = true;
    }
    if (names.contains(MANIFEST)) {
      assertThat(isWhole).isTrue();
      assertThat(Files.readAllLines(folder.resolve(MANIFEST)))
          .containsExactly("forklift-version: v0.7.0", "staged:", "    next: 1");
      return "bundle whole and next";
    }
    if (isWhole) return "bundle whole";
    boolean hasLeftovers = names.stream().anyMatch(name -> name.startsWith(".import-"));
    return hasLeftovers ? "no bundle, leftovers Forklift ignores" : "no bundle";
  }

  /// The import is done, and nothing else is there.
  void assertHolds() throws IOException {
    assertThat(state()).isEqualTo("bundle whole and next");
    assertThat(names()).containsExactly(".fieldlift-lock", "1", MANIFEST);
  }

  private Set<String> names() throws IOException {
    try (var children = Files.list(folder)) {
      List<String> names = children.map(child -> child.getFileName().toString()).toList();
      return new TreeSet<>(names);
    }
  }
}
