package org.fieldlift.cli;

import picocli.CommandLine.Command;

@Command(
    name = "image",
    description = "Container images: copied exactly, kept, taken along, loaded into Docker.",
    mixinStandardHelpOptions = true)
@Subcommands({
  ImageCache.class,
  ImageList.class,
  ImageLoad.class,
  ImageExport.class,
  ImagePrune.class
})
final class ImageCommand {}
