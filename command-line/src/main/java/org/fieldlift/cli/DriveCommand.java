package org.fieldlift.cli;

import picocli.CommandLine.Command;

@Command(
    name = "drive",
    description = "USB drives: write, check and look at them. A drive may be a regular file.",
    mixinStandardHelpOptions = true)
@Subcommands({DriveList.class, DriveWrite.class, DriveVerify.class, DriveShow.class})
final class DriveCommand {}
