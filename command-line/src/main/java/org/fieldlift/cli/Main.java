package org.fieldlift.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The program's entry.
public final class Main {
  /// Asked by scripts before anything else, so it is answered before the parser is even loaded.
  private static final List<String> VERSION = List.of("--version");

  private Main() {}

  public static void main(String[] arguments) {
    if (List.of(arguments).equals(VERSION)) {
      System.out.println(version());
      return;
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(CommandTree.run(out, err, arguments));
  }

  /// The program and its version, from the jar's manifest.
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "fieldlift " + (version == null ? "(built from source)" : version);
  }
}
