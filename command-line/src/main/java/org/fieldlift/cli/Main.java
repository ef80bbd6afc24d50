package org.fieldlift.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/// The program's entry.
public final class Main {
  /// Asked by scripts before anything else, so it is answered before the parser is even loaded.
  private static final List<String> VERSION = List.of("--version");

  private Main() {}

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, arguments));
  }

  /// Runs one command line.
  ///
  /// @return the exit code ([Exit])
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    if (List.of(arguments).equals(VERSION)) {
      out.println(version());
      return Exit.DONE.code();
    }
    int code =
        CommandTree.of(arguments)
            .setOut(out)
            .setErr(err)
            .setColorScheme(Help.defaultColorScheme(Ansi.AUTO))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(new Complaint())
            .execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  /// The program and its version, from the jar's manifest.
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "fieldlift " + (version == null ? "(built from source)" : version);
  }
}
