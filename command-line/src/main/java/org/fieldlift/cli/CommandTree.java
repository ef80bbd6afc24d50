package org.fieldlift.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;

/// The commands, built only as far as one command line needs them: to start one of forty, a device
/// should not have to build forty.
final class CommandTree {
  /// Columns of the help texts; examples are not wrapped up to it.
  static final int HELP_WIDTH = 100;

  static {
    // Or picocli looks for Groovy in all the jars, at every start.
    System.setProperty("picocli.disable.closures", "true");
  }

  private CommandTree() {}

  /// Runs one command line.
  ///
  /// @return the exit code ([Exit])
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine command =
        of(arguments)
            .setOut(out)
            .setErr(err)
            .setColorScheme(Help.defaultColorScheme(Ansi.AUTO))
            .setUsageHelpWidth(HELP_WIDTH)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(new Complaint());
    try {
      return command.execute(arguments);
    } catch (OutOfMemoryError | StackOverflowError e) {
      err.println("Fieldlift ran out of memory.");
      err.println("Close other programs, then run the same command again.");
      return Exit.FAILED.code();
    } finally {
      out.flush();
      err.flush();
    }
  }

  /// The branch these words name. Where they name none (a mistyped word, or `help`, which tells of
  /// all), everything under the last command they name.
  static CommandLine of(String... words) {
    return branch(FieldliftCommand.class, List.of(words));
  }

  private static CommandLine branch(Class<?> command, List<String> words) {
    CommandLine line = new CommandLine(command);
    Subcommands under = command.getAnnotation(Subcommands.class);
    if (under == null) return line;
    for (Class<?> named : under.value()) {
      boolean isNamed = !words.isEmpty() && name(named).equals(words.getFirst());
      if (isNamed && named != HelpCommand.class) {
        line.addSubcommand(branch(named, words.subList(1, words.size())));
        return line;
      }
    }
    for (Class<?> each : under.value()) line.addSubcommand(branch(each, List.of()));
    return line;
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }
}
