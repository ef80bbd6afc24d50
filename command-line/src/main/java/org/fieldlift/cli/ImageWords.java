package org.fieldlift.cli;

import java.util.List;
import java.util.Optional;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import org.fieldlift.oci.CopyOutcome;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.Kept;
import tools.jackson.databind.node.ObjectNode;

/// Images in words and in JSON.
final class ImageWords {
  private ImageWords() {}

  static String line(CopyOutcome outcome) {
    String reference = PlainText.of(outcome.reference().text());
    return switch (outcome) {
      case CopyOutcome.Here here when here.fetched() == 0 -> reference + ": here";
      case CopyOutcome.Here here ->
          reference + ": here now, " + ByteSize.text(here.fetched()) + " new";
      case CopyOutcome.Lacking lacking -> reference + ": lacks " + ByteSize.text(lacking.size());
      case CopyOutcome.Unknown _ -> reference + ": nothing of it is here";
      case CopyOutcome.Failed failed -> reference + ": failed. " + failed.problem().what();
    };
  }

  static Optional<String> advice(CopyOutcome outcome) {
    return outcome instanceof CopyOutcome.Failed failed
        ? Optional.of(failed.problem().next())
        : Optional.empty();
  }

  /// The first trouble decides; what a dry run finds lacking is none.
  static Exit exit(List<CopyOutcome> outcomes, boolean dryRun) {
    for (CopyOutcome outcome : outcomes) {
      Exit exit =
          switch (outcome) {
            case CopyOutcome.Here _ -> Exit.DONE;
            case CopyOutcome.Lacking _, CopyOutcome.Unknown _ -> dryRun ? Exit.DONE : Exit.FAILED;
            case CopyOutcome.Failed failed -> Exit.of(failed.problem().kind());
          };
      if (exit != Exit.DONE) return exit;
    }
    return Exit.DONE;
  }

  static ObjectNode json(CopyOutcome outcome) {
    return switch (outcome) {
      case CopyOutcome.Here here ->
          json(here.image()).put("state", "here").put("new", here.fetched());
      case CopyOutcome.Lacking lacking ->
          json(lacking.image()).put("state", "lacking").put("lacking", lacking.size());
      case CopyOutcome.Unknown unknown ->
          Json.object().put("reference", unknown.reference().text()).put("state", "unknown");
      case CopyOutcome.Failed failed ->
          Json.object()
              .put("reference", failed.reference().text())
              .put("state", "failed")
              .put("problem", failed.problem().what())
              .put("next", failed.problem().next());
    };
  }

  static ObjectNode json(Kept kept) {
    return switch (kept) {
      case Kept.Whole(Image image) -> json(image);
      case Kept.Broken broken ->
          Json.object()
              .put("reference", broken.reference().text())
              .put("platform", broken.platform())
              .put("digest", broken.target().digest().toString())
              .put("problem", broken.problem().what())
              .put("next", broken.problem().next());
    };
  }

  static ObjectNode json(Image image) {
    return Json.object()
        .put("reference", image.reference().text())
        .put("platform", image.platform())
        .put("digest", image.target().digest().toString())
        .put("manifest", image.manifest().digest().toString())
        .put("size", image.size());
  }
}
