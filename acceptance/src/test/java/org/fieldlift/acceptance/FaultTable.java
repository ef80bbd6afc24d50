package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// What was done to the program, what it told, and what was found afterwards: printed when all
/// tests have ended, and kept in `acceptance/target/run-…/faults.txt`.
final class FaultTable implements BeforeAllCallback {
  private static final ConcurrentSkipListSet<String> ROWS = new ConcurrentSkipListSet<>();

  /// One fault whose words and state a test has asserted.
  ///
  /// @param said what the user was told
  static void add(String fault, Program.Said said, String found) {
    add(fault, String.join(" ", (said.out() + said.err()).strip().lines().toList()), found);
  }

  static void add(String fault, String said, String found) {
    ROWS.add("%s%n    told:  %s%n    found: %s".formatted(fault, said, found));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(FaultTable.class))
        .computeIfAbsent("end", key -> (AutoCloseable) FaultTable::print);
  }

  private static void print() throws IOException {
    List<String> rows = List.copyOf(ROWS);
    Path file = Program.workplace().resolve("faults.txt");
    Files.createDirectories(file.getParent());
    Files.write(file, rows);
    System.out.println("\nFault, what the user was told, what was found:\n");
    rows.forEach(System.out::println);
  }
}
