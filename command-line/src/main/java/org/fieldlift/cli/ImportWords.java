package org.fieldlift.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fieldlift.field.DeviceImages;
import org.fieldlift.field.Foreseen;
import org.fieldlift.field.ImportPlan;
import org.fieldlift.field.ImportPlan.App;
import org.fieldlift.field.ImportPlan.Fate;
import org.fieldlift.field.ImportResult;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import org.fieldlift.io.PlainText;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An import in text and in JSON.
final class ImportWords {
  private ImportWords() {}

  static List<String> images(DeviceImages.Report images) {
    List<String> lines = new ArrayList<>();
    if (images.loaded() > 0) {
      lines.add(
          "Docker has its images, found by exactly the words of its apps (%d loaded, %d there before)."
              .formatted(images.loaded(), images.there()));
    } else if (images.there() > 0) {
      lines.add("Docker had its images already (" + images.there() + ").");
    }
    lines.addAll(images.remarks());
    return lines;
  }

  static List<String> plan(ImportPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(plan.verdict().words());
    lines.add("Every byte was read and is right; nothing was changed.");
    lines.add(
        plan.copy()
            .map(index -> PlainText.of(plan.label()) + " is already there as bundle " + index + ".")
            .orElse(
                PlainText.of(plan.label())
                    + " needs "
                    + ByteSize.text(plan.needed())
                    + " of room in the stage store, a reserve included."));
    plan.lack().ifPresent(lines::add);
    for (Fate fate : Fate.values()) {
      String names =
          plan.apps().stream()
              .filter(app -> app.fate() == fate)
              .map(app -> PlainText.of(app.name()))
              .collect(Collectors.joining(", "));
      if (!names.isEmpty()) lines.add("%-28s%s".formatted(words(fate), names));
    }
    for (ImportPlan.Image image : plan.images()) {
      String words = image.isThere() ? "Image, in Docker already:" : "Image:";
      lines.add("%-28s%s".formatted(words, PlainText.of(image.reference())));
    }
    return lines;
  }

  private static String words(Fate fate) {
    return switch (fate) {
      case NEW -> "New on this device:";
      case STAYS -> "Stays:";
      case REMOVED -> "Removed from this device:";
    };
  }

  static ObjectNode json(ImportResult result) {
    ObjectNode json = Json.object();
    switch (result) {
      case ImportResult.Imported imported -> {
        json.put("result", "imported")
            .put("release", imported.release().hex())
            .put("index", imported.index())
            .put("bundle", imported.bundle().toString())
            .put("next", imported.next())
            .put("verdict", imported.verdict().words());
        put(json, imported.images());
      }
      case ImportResult.AlreadyThere there -> {
        json.put("result", "already-there")
            .put("release", there.release().hex())
            .put("index", there.index())
            .put("next", there.next());
        put(json, there.images());
      }
      case ImportResult.Refused refused -> refused(json, refused);
    }
    return json;
  }

  static ObjectNode json(Foreseen foreseen) {
    ObjectNode json = Json.object();
    switch (foreseen) {
      case ImportPlan plan -> {
        json.put("result", "plan")
            .put("release", plan.release().hex())
            .put("version", plan.label())
            .put("needed", plan.needed())
            .put("fits", plan.lack().isEmpty())
            .put("verdict", plan.verdict().words());
        plan.copy().ifPresent(index -> json.put("alreadyThereAs", index));
        ArrayNode apps = json.putArray("apps");
        for (App app : plan.apps()) {
          apps.addObject()
              .put("name", app.name())
              .put("fate", app.fate().name().toLowerCase(Locale.ROOT));
        }
        ArrayNode images = json.putArray("images");
        for (ImportPlan.Image image : plan.images()) {
          images.addObject().put("reference", image.reference()).put("there", image.isThere());
        }
      }
      case Foreseen.Refused(ImportResult.Refused refused) -> refused(json, refused);
    }
    return json;
  }

  private static void put(ObjectNode json, DeviceImages.Report images) {
    ObjectNode node = json.putObject("images");
    node.put("loaded", images.loaded()).put("there", images.there());
    images.remarks().forEach(node.putArray("remarks")::add);
  }

  /// Tells of a refusal.
  static Exit refuse(Shared shared, ImportResult.Refused refused) {
    shared.err().println("Refused. " + PlainText.of(refused.why()));
    shared.err().println(PlainText.of(refused.next()));
    return Exit.of(refused.refusal());
  }

  private static void refused(ObjectNode json, ImportResult.Refused refused) {
    json.put("result", "refused")
        .put("refusal", refused.refusal().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("why", refused.why())
        .put("verdict", refused.verdict().words());
  }
}
