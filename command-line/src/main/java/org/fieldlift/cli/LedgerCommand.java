package org.fieldlift.cli;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fieldlift.io.Json;
import org.fieldlift.ledger.LedgerCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "ledger",
    description = "The append-only record of what happened.",
    mixinStandardHelpOptions = true)
@Subcommands({LedgerCommand.Check.class, LedgerCommand.Export.class, LedgerCommand.Import.class})
final class LedgerCommand {

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Checks every event's place, digest and signature. Exit code 3 when one does not hold.",
      footer = {"%nExample:", "  fieldlift ledger check"})
  static final class Check implements Callable<Integer> {
    @Mixin Shared shared;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        LedgerCheck check = engine.fleet().checkLedger();
        if (shared.json) {
          ObjectNode answer = Json.object();
          answer.put("events", check.events()).put("stations", check.stations());
          ArrayNode faults = answer.putArray("faults");
          check.faults().forEach(faults::add);
          shared.answer(answer);
        } else if (check.holds()) {
          shared.answer(
              "The ledger holds: "
                  + check.events()
                  + (check.events() == 1 ? " event of " : " events of ")
                  + check.stations()
                  + (check.stations() == 1 ? " station." : " stations."));
        } else {
          check.faults().forEach(shared::answer);
        }
        return check.holds() ? Exit.DONE : Exit.NOT_GENUINE;
      });
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes all events as JSON Lines: a backup, or for another station.",
      footer = {"%nExample:", "  fieldlift ledger export /media/backup/lab.jsonl"})
  static final class Export implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(paramLabel = "FILE", description = "Where to write them.")
    Path file;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        engine.fleet().exportLedger(file);
        shared.done("Wrote " + file + ".", Json.object().put("written", file.toString()));
        return Exit.DONE;
      });
    }
  }

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description =
          "Takes in the events of other stations, or this station's own from a backup; all or"
              + " none.",
      footer = {"%nExample:", "  fieldlift ledger import /media/backup/lab.jsonl"})
  static final class Import implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(paramLabel = "FILE", description = "JSON Lines that ledger export wrote.")
    Path file;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        try (InputStream in = Files.newInputStream(file)) {
          int taken = engine.fleet().importLedger(in);
          shared.done(
              "Took in " + taken + (taken == 1 ? " event." : " events."),
              Json.object().put("taken", taken));
        }
        engine.fleet().state().conflicts().forEach(shared::say);
        return Exit.DONE;
      });
    }
  }
}
