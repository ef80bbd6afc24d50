package org.fieldlift.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

@Command(
    name = "fieldlift",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Gets signed releases onto USB drives, and knows which device got which version.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  fieldlift demo                                   the whole job here, no drive needed",
      "  fieldlift source add lab https://releases.example.org/",
      "  fieldlift release fetch example.org/lab/scope    newest release, checked on the way",
      "  fieldlift drive write -r example.org/lab/scope --to stick.img --size 4GB",
      "  fieldlift manifest show                          which device has what",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not genuine, 4 drive or device fault."
    })
@Subcommands({
  DemoCommand.class,
  ReleaseCommand.class,
  SourceCommand.class,
  TrustCommand.class,
  DriveCommand.class,
  DeviceCommand.class,
  ManifestCommand.class,
  LedgerCommand.class,
  StageCommand.class,
  PltCommand.class,
  ImageCommand.class,
  HelpCommand.class
})
final class FieldliftCommand {}
