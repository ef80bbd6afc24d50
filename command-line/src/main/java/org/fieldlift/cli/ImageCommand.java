package org.fieldlift.cli;

import picocli.CommandLine.Command;

@Command(
    name = "image",
    description = "Container images: copy them exactly, list them, take them along.",
    mixinStandardHelpOptions = true)
@Subcommands({ImageCache.class, ImageList.class, ImageExport.class, ImagePrune.class})
final class ImageCommand {}
