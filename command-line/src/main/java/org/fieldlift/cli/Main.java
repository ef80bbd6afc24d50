package org.fieldlift.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/// The program's entry.
public final class Main {
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
    CommandLine command =
        new CommandLine(new FieldliftCommand())
            .setOut(out)
            .setErr(err)
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.AUTO))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(new Complaint());
    int code;
    try {
      code = command.execute(arguments);
    } catch (OutOfMemoryError | StackOverflowError e) {
      err.println("Fieldlift ran out of memory.");
      err.println("Close other programs, then run the same command again.");
      code = Exit.FAILED.code();
    }
    out.flush();
    err.flush();
    return code;
  }
}
