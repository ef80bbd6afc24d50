package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fieldlift.engine.DriveDesk.Checked;
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
        Checked checked =
            Work.run(
                shared,
                "Checking " + drive,
                (progress, cancellation) -> engine.drives().verify(drive, progress, cancellation));
        right &= checked.isRight();
        add(all, drive, checked);
        if (!shared.json) tell(drive, checked);
      }
      if (shared.json) shared.answer(all);
      return right ? Exit.DONE : Exit.DRIVE_FAULT;
    });
  }

  private static void add(ArrayNode all, Path drive, Checked checked) {
    ObjectNode answer = all.addObject().put("drive", drive.toString());
    answer.put("right", checked.isRight()).put("signature", checked.signature());
    ArrayNode faults = answer.putArray("faults");
    checked.faults().forEach(faults::add);
  }

  private void tell(Path drive, Checked checked) {
    checked.faults().forEach(shared::answer);
    String files =
        !checked.isRight()
            ? "not right"
            : checked.isSignedHere()
                ? "every file is right"
                : "every file is as the drive's own list says";
    String list = checked.isRight() && !checked.isSignedHere() ? "the list is " : "";
    shared.answer(
        PlainText.of(drive.toString()) + ": " + files + "; " + list + checked.signature() + ".");
  }
}
