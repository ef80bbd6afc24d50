package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fieldlift.engine.FleetDesk;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.State.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "device",
    description = "Machines in the field that take releases.",
    mixinStandardHelpOptions = true)
@Subcommands({
  DeviceCommand.Add.class,
  DeviceCommand.ListAll.class,
  DeviceCommand.Import.class,
  DeviceCommand.Assign.class,
  DeviceCommand.Report.class
})
final class DeviceCommand {

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Adds a device.",
      footer = {
        "%nExample:",
        "  fieldlift device add SCOPE-17 --name \"Deck microscope\" --site \"RV Meridian\" \\",
        "      --platform linux/arm64"
      })
  static final class Add implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(paramLabel = "ID", description = "Short and unique, such as SCOPE-17.")
    String id;

    @Option(names = "--name", defaultValue = "", description = "What people call it.")
    String name;

    @Option(names = "--site", defaultValue = "", description = "Where it stands.")
    String site;

    @Option(
        names = "--platform",
        defaultValue = "",
        description = "linux/arm64, linux/arm/v7 or linux/amd64.")
    String platform;

    @Option(names = "--keeper", defaultValue = "", description = "Who looks after it.")
    String keeper;

    @Option(
        names = "--replace",
        description =
            "Correct all that is known of the device of this id; what is left out is"
                + " forgotten.")
    boolean replace;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        Device device = new Device(id, name, site, platform, keeper);
        FleetDesk fleet = engine.fleet();
        Device known = replace ? fleet.correctDevice(device) : fleet.addDevice(device);
        shared.done((replace ? "Corrected " : "Added ") + id + ".", json(known));
        return Exit.DONE;
      });
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the devices.",
      footer = {"%nExample:", "  fieldlift device list"})
  static final class ListAll implements Callable<Integer> {
    @Mixin Shared shared;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        List<Device> devices =
            engine.fleet().state().devices().values().stream()
                .sorted(Comparator.comparing(Device::id))
                .toList();
        if (shared.json) {
          ArrayNode all = Json.array();
          devices.forEach(device -> all.add(json(device)));
          shared.answer(all);
        } else if (devices.isEmpty()) {
          shared.say("There is no device yet. Add one with: fieldlift device add ID");
        } else {
          Table table = new Table("ID", "NAME", "SITE", "PLATFORM", "KEEPER");
          for (Device device : devices) {
            table.row(
                device.id(), device.name(), device.site(), device.platform(), device.keeper());
          }
          shared.answer(table.toString());
        }
        return Exit.DONE;
      });
    }
  }

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description =
          "Adds the devices of a CSV table with the columns id, name, site, platform, keeper; all"
              + " or none.",
      footer = {"%nExample:", "  fieldlift device import devices.csv"})
  static final class Import implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(paramLabel = "CSV", description = "The table.")
    Path table;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        List<Device> added = engine.fleet().importDevices(table);
        ArrayNode all = Json.array();
        added.forEach(device -> all.add(json(device)));
        int count = added.size();
        shared.done(
            "Added " + count + (count == 1 ? " device." : " devices."),
            Json.object().set("added", all));
        return Exit.DONE;
      });
    }
  }

  @Command(
      name = "assign",
      mixinStandardHelpOptions = true,
      description = "Says where a device stands now.",
      footer = {"%nExample:", "  fieldlift device assign SCOPE-17 \"RV Meridian\""})
  static final class Assign implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(paramLabel = "ID", description = "The device.")
    String id;

    @Parameters(paramLabel = "SITE", description = "Where it stands.")
    String site;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        Device assigned = engine.fleet().assign(id, site);
        shared.done(id + " stands at " + PlainText.of(site) + " now.", json(assigned));
        return Exit.DONE;
      });
    }
  }

  @Command(
      name = "report",
      mixinStandardHelpOptions = true,
      description =
          "Records what a person said of a device: the manifest then calls it \"reported\".",
      footer = {"%nExample:", "  fieldlift device report SCOPE-17 scope@2026.1.1 running"})
  static final class Report implements Callable<Integer> {
    @Mixin Shared shared;

    @Parameters(paramLabel = "ID", description = "The device.")
    String id;

    @Parameters(
        paramLabel = "RELEASE",
        description = "Its id, or its name with version: scope@2026.1.1.")
    String release;

    @Parameters(
        paramLabel = "STATE",
        description = "issued, imported, running, failed, rolled_back, refused or lost.")
    DeliveryState state;

    @Option(names = "--why", defaultValue = "", description = "What they said.")
    String why;

    @Override
    public Integer call() throws Exception {
      return shared.station(engine -> {
        engine.fleet().report(id, release, state, why);
        shared.done(
            "Recorded for " + id + ".",
            Json.object()
                .put("device", id)
                .put("state", state.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        return Exit.DONE;
      });
    }
  }

  private static ObjectNode json(Device device) {
    return Json.object()
        .put("id", device.id())
        .put("name", device.name())
        .put("site", device.site())
        .put("platform", device.platform())
        .put("keeper", device.keeper());
  }
}
