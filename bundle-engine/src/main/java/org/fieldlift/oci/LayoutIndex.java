package org.fieldlift.oci;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The `index.json` of an image layout: which images are in it. Lines that others wrote stay as
/// they are and where they are; ours follow, sorted, so that the same images give the same bytes.
///
/// @see <a
///   href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">image-layout.md</a>
record LayoutIndex(List<Line> others, List<Named> ours) {
  static final String FILE = "index.json";
  static final int LARGEST = 8 << 20;
  static final LayoutIndex EMPTY = new LayoutIndex(List.of(), List.of());

  /// The reference exactly as the compose file has it.
  private static final String REFERENCE = "org.opencontainers.image.ref.name";

  /// The name containerd gives the image when it loads the layout; by digest when it is pinned, so
  /// that releases with one tag live side by side.
  private static final String CONTAINERD = "io.containerd.image.name";

  private static final String PLATFORM = "org.fieldlift.platform";
  private static final Comparator<Named> ORDER =
      Comparator.comparing((Named each) -> each.reference().text())
          .thenComparing(Named::platform)
          .thenComparing(each -> each.target().digest());

  /// A line of another program.
  ///
  /// @param target nothing when its digest is of a kind we do not know
  record Line(Optional<Descriptor> target, ObjectNode json) {}

  /// A line of ours.
  record Named(ImageReference reference, String platform, Descriptor target) {

    static Named of(Image image) {
      return new Named(image.reference(), image.platform(), image.target());
    }

    private boolean isFor(Named other) {
      return platform.equals(other.platform)
          && (reference.text().equals(other.reference.text())
              || (reference.canonical().equals(other.reference.canonical())
                  && !target.digest().equals(other.target.digest())));
    }
  }

  static LayoutIndex parse(byte[] bytes, String what) throws Problem {
    List<Line> others = new ArrayList<>();
    List<Named> ours = new ArrayList<>();
    for (Fields line : Fields.read(bytes, what).objects("manifests")) {
      Fields notes = line.isAbsent("annotations") ? null : line.object("annotations");
      if (notes == null || notes.isAbsent(PLATFORM)) {
        boolean isUnknown = Descriptor.isOfAnotherKind(line);
        others.add(
            new Line(
                isUnknown ? Optional.empty() : Optional.of(Descriptor.of(line)), line.object()));
        continue;
      }
      Descriptor target = Descriptor.of(line);
      ImageReference reference = ImageReference.parse(notes.text(REFERENCE));
      String platform = Platform.parse(notes.text(PLATFORM)).toString();
      boolean isRightful = reference.digest() == null || reference.digest().equals(target.digest());
      if (!isRightful) throw line.wrong("digest", "the one its reference is pinned to");
      ours.add(new Named(reference, platform, target));
    }
    return new LayoutIndex(List.copyOf(others), List.copyOf(ours));
  }

  /// What a reference without a digest named here when it was last put in.
  Optional<Descriptor> find(ImageReference reference, Platform platform) {
    return ours.stream()
        .filter(each -> each.platform().equals(platform.toString()))
        .filter(each -> each.reference().canonical().equals(reference.canonical()))
        .map(Named::target)
        .findFirst()
        .or(() -> ofOthers(reference));
  }

  private Optional<Descriptor> ofOthers(ImageReference reference) {
    return others.stream()
        .filter(line ->
            reference.text().equals(line.json().path("annotations").path(REFERENCE).asString("")))
        .flatMap(line -> line.target().stream())
        .findFirst();
  }

  /// With this image in the place of what had its name before.
  LayoutIndex with(Named added) {
    List<Named> all = new ArrayList<>(ours);
    all.removeIf(added::isFor);
    all.add(added);
    return new LayoutIndex(others, List.copyOf(all));
  }

  LayoutIndex without(Predicate<Named> removed) {
    return new LayoutIndex(others, ours.stream().filter(removed.negate()).toList());
  }

  byte[] bytes() {
    ObjectNode index = Json.object();
    index.put("schemaVersion", 2);
    index.put("mediaType", MediaTypes.OCI_INDEX);
    ArrayNode manifests = index.putArray("manifests");
    others.forEach(line -> manifests.add(line.json()));
    ours.stream().sorted(ORDER).map(LayoutIndex::json).forEach(manifests::add);
    return Json.write(index);
  }

  private static ObjectNode json(Named named) {
    ObjectNode json = named.target().json();
    ObjectNode notes = json.putObject("annotations");
    notes.put(CONTAINERD, named.reference().canonical());
    notes.put(PLATFORM, named.platform());
    notes.put(REFERENCE, named.reference().text());
    return json;
  }
}
