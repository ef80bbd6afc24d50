package org.fieldlift.cli;

import java.util.List;
import java.util.Locale;
import org.fieldlift.io.ByteSize;
import org.fieldlift.io.Json;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.docker.loading.ImagePlan;
import org.fieldlift.oci.docker.loading.LoadOutcome;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Images on their way into Docker, in words and in JSON.
record LoadWords(Shared shared) {

  /// What a plan leaves out.
  void tellOthers(ImagePlan plan) {
    int others = plan.others();
    if (others == 0) return;
    shared.say(
        "%d %s for other platforms than %s; left out."
            .formatted(others, others == 1 ? "image is" : "images are", plan.daemon().platform()));
  }

  Exit tell(ImagePlan plan) {
    if (shared.json) {
      shared.answer(json(plan));
      return Exit.DONE;
    }
    Table table = new Table("IMAGE", "SIZE", "NOW");
    for (ImagePlan.Step step : plan.steps()) {
      table.row(
          step.image().reference().text(),
          ByteSize.text(step.image().size()),
          step.isThere() ? "there" : "to be loaded");
    }
    if (!table.isEmpty()) shared.answer(table.toString());
    shared.say(
        plan.missing().isEmpty()
            ? "Docker has all of them; nothing would be loaded."
            : "%s: %s.".formatted(way(plan), ByteSize.text(plan.bytes())));
    return Exit.DONE;
  }

  Exit tell(LoadOutcome outcome) {
    if (shared.json) shared.answer(json(outcome));
    return switch (outcome) {
      case LoadOutcome.Loaded loaded -> {
        line(count(loaded.loaded(), loaded.there()));
        yield Exit.DONE;
      }
      case LoadOutcome.ByTag byTag -> {
        line(count(byTag.loaded(), byTag.there()));
        if (byTag.lost().isEmpty()) yield Exit.DONE;
        shared
            .err()
            .println(
                "Docker has no digests of these, so compose files that pin them find nothing:");
        byTag.lost().forEach(image -> shared.err().println("  " + image.reference()));
        yield Exit.FAILED;
      }
      case LoadOutcome.Reachable reachable -> {
        shared
            .err()
            .println(
                "Nothing was loaded: %s can be reached from here, and while images load, every"
                        .formatted(String.join(", ", reachable.registries()))
                    + " program on this machine would find us in its place.");
        shared.err().println("If that is all right, say --even-if-reachable.");
        yield Exit.FAILED;
      }
      case LoadOutcome.NotLoaded left -> {
        line(
            "Docker lacks %d of %d images; nothing was loaded."
                .formatted(left.missing().size(), left.missing().size() + left.there().size()));
        yield left.missing().isEmpty() ? Exit.DONE : Exit.FAILED;
      }
    };
  }

  private void line(String text) {
    if (!shared.json) shared.answer(text);
  }

  private static String count(List<Image> loaded, List<Image> there) {
    if (loaded.isEmpty() && there.size() == 1) return "Docker has the image already.";
    if (loaded.isEmpty()) return "Docker has all %d images already.".formatted(there.size());
    String before = there.isEmpty() ? "" : "; %d were there already".formatted(there.size());
    return "Loaded %d %s%s."
        .formatted(loaded.size(), loaded.size() == 1 ? "image" : "images", before);
  }

  private static String way(ImagePlan plan) {
    return switch (plan.way()) {
      case LAYOUT -> "To be sent to Docker, digests kept";
      case REGISTRY -> "To be pulled by Docker from this machine, digests kept";
      case TAGS -> "To be sent to Docker by tag, digests lost";
      case NONE, AUTO -> "Not to be loaded";
    };
  }

  private static ObjectNode json(ImagePlan plan) {
    ObjectNode json = Json.object();
    json.put("way", plan.way().name().toLowerCase(Locale.ROOT));
    json.put("bytes", plan.bytes());
    json.put("others", plan.others());
    ArrayNode images = json.putArray("images");
    for (ImagePlan.Step step : plan.steps()) {
      images
          .addObject()
          .put("reference", step.image().reference().text())
          .put("bytes", step.image().size())
          .put("there", step.isThere());
    }
    return json;
  }

  private static ObjectNode json(LoadOutcome outcome) {
    ObjectNode json = Json.object();
    switch (outcome) {
      case LoadOutcome.Loaded loaded -> {
        json.put("result", "loaded");
        list(json, "loaded", loaded.loaded());
        list(json, "there", loaded.there());
      }
      case LoadOutcome.ByTag byTag -> {
        json.put("result", "by-tag");
        list(json, "loaded", byTag.loaded());
        list(json, "there", byTag.there());
        list(json, "lost", byTag.lost());
      }
      case LoadOutcome.Reachable reachable -> {
        json.put("result", "reachable");
        ArrayNode registries = json.putArray("registries");
        reachable.registries().forEach(registries::add);
      }
      case LoadOutcome.NotLoaded left -> {
        json.put("result", "not-loaded");
        list(json, "missing", left.missing());
        list(json, "there", left.there());
      }
    }
    return json;
  }

  private static void list(ObjectNode json, String name, List<Image> images) {
    ArrayNode all = json.putArray(name);
    images.forEach(image -> all.add(image.reference().text()));
  }
}
