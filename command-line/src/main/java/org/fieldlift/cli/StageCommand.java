package org.fieldlift.cli;

import picocli.CommandLine.Command;

@Command(
    name = "stage",
    description = "Forklift's stage store on this device.",
    mixinStandardHelpOptions = true)
@Subcommands({StageExport.class, StageImport.class})
final class StageCommand {}
