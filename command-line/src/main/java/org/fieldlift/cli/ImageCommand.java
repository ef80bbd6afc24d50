package org.fieldlift.cli;

import picocli.CommandLine.Command;

@Command(
    name = "image",
    description = "Container images, and the Docker on this machine.",
    mixinStandardHelpOptions = true)
@Subcommands({ImageLoad.class})
final class ImageCommand {}
