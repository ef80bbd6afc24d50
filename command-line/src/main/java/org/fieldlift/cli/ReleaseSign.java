package org.fieldlift.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.fieldlift.engine.ReleaseDesk.Detail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = "Signs a packed release with a key; a signature that is there is replaced.",
    footer = {"%nExample:", "  fieldlift release sign out.forklift-bundle.tar.gz --key lab.key"})
final class ReleaseSign implements Callable<Integer> {
  @Mixin Shared shared;

  @Parameters(paramLabel = "RELEASE", description = "A single file or directory form.")
  Path release;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The key (COSIGN_PASSWORD, or asked for).")
  Path key;

  @Override
  public Integer call() throws Exception {
    return shared.station(engine -> {
      Detail detail = engine.releases().sign(release, key, Password.existing(key.toString()));
      if (shared.json) shared.answer(ReleaseWords.json(detail));
      else shared.answer(detail.verdict().words());
      return Exit.DONE;
    });
  }
}
