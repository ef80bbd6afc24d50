package org.fieldlift.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The commands, built only as far as one command line needs them: to start one of forty, a device
/// should not have to build forty.
final class CommandTree {
  private CommandTree() {}

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
