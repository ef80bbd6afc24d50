package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fieldlift.engine.ReleaseDesk.Detail;
import org.fieldlift.engine.ReleaseDesk.PackOrder;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    description = "Makes a release of a staged bundle's directory, or of one opaque file.",
    footer = {
      "%nExamples:",
      "  fieldlift release pack ~/.local/share/forklift/stages/7 scope.forklift-bundle.tar.gz \\",
      "      --platform linux/arm64 --key lab.key",
      "  fieldlift release pack stages/7 scope.forklift-bundle/ --platform linux/arm64    a folder",
      "  fieldlift release pack --kind file --product example.org/os --release-version 7 \\",
      "      os.img os.tar.gz"
    })
final class ReleasePack implements Callable<Integer> {
  @Mixin Shared shared;

  /// The words of `--kind`.
  enum Kind {
    FORKLIFT_BUNDLE,
    FILE
  }

  @Parameters(
      index = "0",
      paramLabel = "INPUT",
      description = "A staged bundle's directory, or a file.")
  Path input;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "A single file when it ends in .tar.gz, else a directory.")
  Path output;

  @Option(
      names = "--kind",
      defaultValue = "FORKLIFT_BUNDLE",
      description = "forklift_bundle or file (default: ${DEFAULT-VALUE}).")
  Kind kind;

  @Option(
      names = "--platform",
      description =
          "linux/arm64, linux/arm/v7 or linux/amd64. A bundle does not record it, so it must be"
              + " said.")
  @Nullable String platform;

  @Option(names = "--product", description = "What the file is; a bundle says it itself.")
  @Nullable String product;

  @Option(
      names = "--release-version",
      paramLabel = "VERSION",
      description = "The file's version; a bundle says it itself.")
  @Nullable String version;

  @Mixin TermsOptions terms;

  @Override
  public Integer call() throws Exception {
    String given = platform;
    if (given == null && kind == Kind.FORKLIFT_BUNDLE) {
      throw Problem.usage(
          "A staged bundle does not record its platform.",
          "Say it with --platform, such as --platform linux/arm64.");
    }
    String target = given == null ? "any" : given;
    return shared.station(engine -> {
      PackOrder order =
          new PackOrder(
              input,
              output,
              kind == Kind.FILE ? Release.Kind.FILE : Release.Kind.FORKLIFT_BUNDLE,
              product,
              version,
              terms.sequence,
              target,
              terms.end(),
              terms.text(),
              terms.key,
              terms.password());
      Detail detail =
          Work.run(
              shared,
              "Packing",
              (progress, cancellation) -> engine.releases().pack(order, progress, cancellation));
      if (shared.json) shared.answer(ReleaseWords.json(detail));
      else shared.answer(detail.row().id().hex());
      shared.say(
          "Packed "
              + PlainText.of(detail.release().product() + " " + detail.release().label())
              + " into "
              + output
              + terms.ending());
      return Exit.DONE;
    });
  }
}
