package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fieldlift.engine.BundleDesk.ExportOrder;
import org.fieldlift.engine.BundleDesk.Exported;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "export-bundle",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a release of the local pallet, with everything a device without internet needs.",
      "Forklift stages it aside for this; the stage store and the workspace are not changed. A"
          + " pallet with local changes gets the mark -dirty."
    },
    footer = {
      "%nExamples:",
      "  fieldlift plt export-bundle scope.forklift-bundle.tar.gz \\",
      "      --platform linux/arm64 --key lab.key",
      "  fieldlift plt export-bundle releases/ --platform linux/arm64    named by pallet and"
          + " version"
    })
final class PltExport implements Callable<Integer> {
  @Mixin Shared shared;
  @Mixin ExportOptions options;

  @Parameters(
      index = "0",
      paramLabel = "OUT",
      description =
          "A single file when it ends in .tar.gz, else a directory form. In a folder that exists, a"
              + " file of the release's usual name.")
  Path output;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      ExportOrder order = options.order(output);
      Exported exported =
          Work.run(
              shared,
              "Exporting",
              (progress, cancellation) ->
                  engine.bundles().exportPallet(order, progress, cancellation));
      options.tell(shared, exported);
      return Exit.DONE;
    });
  }
}
