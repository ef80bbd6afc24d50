package org.fieldlift.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Image;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.Kept;
import org.fieldlift.oci.Platform;

/// The images of a layout for one Docker: of each reference the one that suits its platform best.
///
/// @param best by reference, also those that do not suit at all
record SuitableImages(ImageLayout layout, Platform platform, Map<String, Kept> best) {

  static SuitableImages of(ImageLayout layout, Platform platform) throws IOException {
    List<Platform> runs = platform.runs();
    Map<String, Kept> best = new LinkedHashMap<>();
    for (Kept kept : layout.kept()) {
      best.merge(
          kept.reference().text(),
          kept,
          (one, other) -> rank(runs, other) < rank(runs, one) ? other : one);
    }
    return new SuitableImages(layout, platform, best);
  }

  /// @param references as they were written; empty for all that suit
  /// @throws Problem when there is none, or one of them is not whole
  List<Image> chosen(List<String> references) throws Problem {
    List<Image> chosen = new ArrayList<>();
    for (String reference : references) {
      Kept kept = best.get(reference);
      if (kept == null) throw unknown(reference);
      chosen.add(whole(kept));
    }
    if (!references.isEmpty()) return chosen;
    for (Kept kept : best.values()) if (suits(kept)) chosen.add(whole(kept));
    if (chosen.isEmpty()) throw best.isEmpty() ? empty() : unsuitable();
    return chosen;
  }

  /// How many images are for other platforms only.
  int others() {
    return (int) best.values().stream().filter(kept -> !suits(kept)).count();
  }

  private boolean suits(Kept kept) {
    List<Platform> runs = platform.runs();
    return rank(runs, kept) < runs.size();
  }

  private static Image whole(Kept kept) throws Problem {
    return switch (kept) {
      case Kept.Whole whole -> whole.image();
      case Kept.Broken broken ->
          throw new Problem(
              broken.problem().kind(),
              PlainText.of(broken.reference().text()) + ": " + broken.problem().what(),
              broken.problem().next(),
              broken.problem());
    };
  }

  private static int rank(List<Platform> runs, Kept kept) {
    try {
      int at = runs.indexOf(Platform.parse(kept.platform()));
      return at < 0 ? runs.size() : at;
    } catch (Problem notOne) {
      return runs.size();
    }
  }

  private Problem unknown(String reference) {
    return Problem.usage(
        "There is no image %s in %s.".formatted(PlainText.of(reference), place()),
        "Write it as the compose file does.");
  }

  private Problem empty() {
    return Problem.failed(
        "There is no image in " + place() + " that Fieldlift put there.",
        "Name the folder of a release's images, or copy some with: fieldlift image cache");
  }

  private Problem unsuitable() {
    String made =
        best.values().stream()
            .map(Kept::platform)
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(", "));
    return Problem.failed(
        "The images in %s are for %s; this Docker runs %s.".formatted(place(), made, platform),
        "Take the images of the release for this device.");
  }

  private String place() {
    return PlainText.of(layout.folder().toString());
  }
}
