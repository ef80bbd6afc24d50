package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Reads every file of drives of ours and compares it with what they should hold. Exit code 4"
            + " when something is wrong.")
final class DriveVerify implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(
      arity = "1..*",
      paramLabel = "DRIVE",
      description = "Virtual drives, block devices, or folders where drives are mounted.")
  List<Path> drives;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      ArrayNode all = Json.array();
      boolean right = true;
      for (Path drive : drives) {
        List<String> faults =
            Work.run(
                shared,
                "Checking " + drive,
                (progress, cancellation) -> engine.drives().verify(drive, progress, cancellation));
        right &= faults.isEmpty();
        ObjectNode answer =
            all.addObject().put("drive", drive.toString()).put("right", faults.isEmpty());
        ArrayNode list = answer.putArray("faults");
        faults.forEach(list::add);
        if (!shared.json) {
          if (faults.isEmpty())
            shared.answer(PlainText.of(drive.toString()) + ": every file is right.");
          faults.forEach(shared::answer);
        }
      }
      if (shared.json) shared.answer(all);
      return right ? Exit.DONE : Exit.DRIVE_FAULT;
    });
  }
}
