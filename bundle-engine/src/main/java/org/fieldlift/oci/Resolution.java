package org.fieldlift.oci;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.fieldlift.io.Fields;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// Finds one platform's image below what its reference names.
///
/// The same documents always give the same choice: the first line of the index for the best
/// platform that runs.
record Resolution(ImageReference reference, Platform platform, Documents documents) {

  /// Where documents come from, with their digest checked.
  @FunctionalInterface
  interface Documents {
    byte[] read(Descriptor descriptor) throws IOException;
  }

  /// @param target what the reference names
  /// @throws Problem when there is none for this platform, or one that cannot be copied
  Image resolve(Descriptor target) throws IOException {
    return switch (read(target)) {
      case Document.Manifest manifest -> checked(target, target, manifest);
      case Document.Index index -> {
        Descriptor chosen = choose(index);
        if (read(chosen) instanceof Document.Manifest manifest) {
          yield checked(target, chosen, manifest);
        }
        throw MediaTypes.unusable(what(), "an index in it leads to another index");
      }
    };
  }

  private Document read(Descriptor descriptor) throws IOException {
    return Document.read(documents.read(descriptor), descriptor.mediaType(), what());
  }

  private Descriptor choose(Document.Index index) throws Problem {
    for (Platform runs : platform.runs()) {
      for (Document.Entry entry : index.entries()) {
        if (entry.platform().filter(runs::equals).isPresent()) return entry.manifest();
      }
    }
    if (platform.runs().stream().anyMatch(index.unknown()::contains)) {
      throw MediaTypes.unusable(what(), "its digest for " + platform + " is not SHA-256");
    }
    List<Document.Entry> unknown =
        index.entries().stream().filter(entry -> entry.platform().isEmpty()).toList();
    if (unknown.size() == 1) return unknown.getFirst().manifest();
    Set<String> has =
        index.entries().stream()
            .flatMap(entry -> entry.platform().stream())
            .map(Platform::toString)
            .filter(each -> !each.startsWith("unknown/"))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    throw elsewhere(has.isEmpty() ? "no platform" : String.join(", ", has));
  }

  private Image checked(Descriptor target, Descriptor manifest, Document.Manifest document)
      throws IOException {
    Fields config =
        Fields.read(documents.read(document.config()), "The configuration of " + what());
    Platform built =
        Document.platform(config)
            .orElseThrow(() -> MediaTypes.unusable(what(), "it does not say its platform"));
    boolean saysVariant = !config.optionalText("variant").orElse("").isEmpty();
    boolean runs =
        platform.runs().stream()
            .anyMatch(each ->
                each.os().equals(built.os())
                    && each.architecture().equals(built.architecture())
                    && (!saysVariant || each.variant().equals(built.variant())));
    if (!runs) throw elsewhere(built.toString());
    return new Image(
        reference, platform.toString(), target, manifest, document.config(), document.layers());
  }

  private Problem elsewhere(String has) {
    return Problem.failed(
        "%s is not made for %s, but for %s.".formatted(what(), platform, PlainText.of(has)),
        "Choose a platform it has, or an image for yours.");
  }

  private String what() {
    return PlainText.of(reference.text());
  }
}
