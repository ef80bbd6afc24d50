package org.fieldlift.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.Json;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.node.ArrayNode;

/// All ratios of one run: printed as they come and again together, and kept in
/// `acceptance/target/benchmark.json`.
final class Ratios implements AfterAllCallback {
  private static final List<Ratio> ALL = new ArrayList<>();

  static void add(Ratio ratio) {
    ALL.add(ratio);
    System.out.println(ratio.line());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.out.println();
    ALL.forEach(ratio -> System.out.println(ratio.line()));
    Path file = Program.root().resolve("acceptance/target/benchmark.json");
    try {
      Files.write(file, Json.write(json()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArrayNode json() {
    ArrayNode all = Json.array();
    for (Ratio ratio : ALL) {
      all.addObject()
          .put("work", ratio.work())
          .put("against", ratio.against())
          .put("ours", ratio.ours())
          .put("theirs", ratio.theirs())
          .put("unit", ratio.unit())
          .put("ratio", ratio.value())
          .put("most", ratio.most())
          .put("holds", ratio.holds());
    }
    return all;
  }
}
