package org.fieldlift.cli;

import picocli.CommandLine.Command;

@Command(
    name = "plt",
    description = "Forklift's local pallet on this computer.",
    mixinStandardHelpOptions = true)
@Subcommands({PltExport.class, PltSwitch.class})
final class PltCommand {}
