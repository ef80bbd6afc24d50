package org.fieldlift.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.fieldlift.engine.BundleDesk.Caches;
import org.fieldlift.engine.BundleDesk.ExportOrder;
import org.fieldlift.engine.BundleDesk.Exported;
import org.fieldlift.engine.BundleDesk.Terms;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.PlainText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// What both exports have: what comes along, from where, and how it is signed.
final class ExportOptions {
  @Option(
      names = "--include-caches",
      arity = "0..1",
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Bring along git mirrors, required pallets and repositories, downloads and container"
              + " images (default: ${DEFAULT-VALUE}).")
  boolean includeCaches;

  @Option(
      names = "--platform",
      description = "What the bundle was staged for, such as linux/arm64 (default: this computer).")
  @Nullable String platform;

  @Mixin WorkspaceOption workspace;

  @Option(names = "--offline", description = "Fetch nothing; say what is missing.")
  boolean offline;

  @Option(
      names = "--strip-secrets",
      description =
          "Take credentials in addresses and paths of this computer out, but not of files that git"
              + " tracks; what stays is told.")
  boolean stripSecrets;

  @Mixin RegistryOptions registries;

  @Option(
      names = "--reuse",
      paramLabel = "DIR",
      description =
          "An earlier release in directory form whose parts are taken over where they are the same."
              + " May be given again.")
  List<Path> reuse = List.of();

  @Mixin TermsOptions terms;

  ExportOrder order(Path output) throws IOException {
    return new ExportOrder(
        workspace.workspace(),
        output,
        platform == null ? StagePlace.platform() : platform,
        new Caches(includeCaches, offline, stripSecrets, registries.chosen(), reuse),
        new Terms(terms.sequence, terms.end(), terms.text(), terms.key, terms.password()));
  }

  /// Tells how an export ended.
  void tell(Shared shared, Exported exported) {
    if (shared.json) {
      ObjectNode json = ReleaseWords.json(exported.release());
      json.put("output", exported.release().location());
      json.put("reusedBytes", exported.reused());
      exported.warnings().forEach(json.putArray("warnings")::add);
      shared.answer(json);
    } else {
      shared.answer(exported.release().row().id().hex());
    }
    exported.warnings().forEach(warning -> shared.say("Mind: " + warning));
    shared.say(
        "Exported %s for %s into %s (%s%s)%s"
            .formatted(
                PlainText.of(
                    exported.release().release().product()
                        + " "
                        + exported.release().release().label()),
                exported.release().release().platform(),
                exported.release().location(),
                ByteSize.text(exported.release().row().size()),
                exported.reused() == 0
                    ? ""
                    : ", " + ByteSize.text(exported.reused()) + " taken over from earlier releases",
                terms.ending()));
    if (platform == null) {
      shared.say(
          "It is for this computer's platform; say --platform if the bundle was staged for"
              + " another.");
    }
  }
}
