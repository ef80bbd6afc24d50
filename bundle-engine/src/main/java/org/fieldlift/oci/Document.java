package org.fieldlift.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Fields;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// What a reference, or a line of an index, leads to.
///
/// @see <a href="https://github.com/opencontainers/image-spec">OCI image specification</a>
sealed interface Document {
  /// Largest index, manifest or configuration that is read; registries refuse to take larger ones.
  int LARGEST = 4 << 20;

  /// Most platforms of one image, and most layers of one platform.
  int MOST_PLATFORMS = 1000;

  int MOST_LAYERS = 1000;

  /// @param mediaType its own
  String mediaType();

  /// An image for several platforms.
  ///
  /// @param unknown platforms of lines whose digests are of a kind we do not know
  record Index(String mediaType, List<Entry> entries, List<Platform> unknown) implements Document {}

  /// @param platform empty where the index does not say it
  record Entry(Descriptor manifest, Optional<Platform> platform) {}

  /// An image for one platform.
  record Manifest(String mediaType, Descriptor config, List<Descriptor> layers)
      implements Document {}

  /// Reads a document whose digest was checked.
  ///
  /// @param said its media type as whoever gave it says; it may be nothing special
  /// @param what names the image in errors
  static Document read(byte[] bytes, String said, String what) throws Problem {
    Fields fields = Fields.read(bytes, what);
    String type = mediaType(fields, said);
    boolean isSchema1 =
        MediaTypes.isSchema1(type)
            || (!fields.isAbsent("schemaVersion") && fields.number("schemaVersion") == 1);
    if (isSchema1) {
      throw MediaTypes.unusable(what, "it is of the kind Docker gave up in 2017 (schema 1)");
    }
    // Two readers that look at different halves would see two images (CVE-2021-41190).
    boolean isIndex = MediaTypes.isIndex(type);
    boolean isBoth =
        !fields.isAbsent("manifests") && !(fields.isAbsent("layers") && fields.isAbsent("config"));
    if (isBoth) throw fields.wrong("manifests", "alone, without layers and config");
    if (isIndex) return index(type, fields, what);
    if (MediaTypes.isManifest(type)) return manifest(type, fields, what);
    throw MediaTypes.unusable(what, "it is of the unknown kind " + PlainText.of(type));
  }

  private static String mediaType(Fields fields, String said) throws Problem {
    boolean isKnown = MediaTypes.isIndex(said) || MediaTypes.isManifest(said);
    Optional<String> own = fields.optionalText("mediaType");
    if (own.isPresent()) {
      if (isKnown && !own.get().equals(said)) throw fields.wrong("mediaType", said);
      return own.get();
    }
    if (isKnown || MediaTypes.isSchema1(said)) return said;
    if (!fields.isAbsent("manifests")) return MediaTypes.OCI_INDEX;
    return fields.isAbsent("layers") ? said : MediaTypes.OCI_MANIFEST;
  }

  private static Index index(String type, Fields fields, String what) throws Problem {
    List<Fields> all = fields.objects("manifests");
    if (all.size() > MOST_PLATFORMS) throw MediaTypes.unusable(what, "it has too many platforms");
    List<Entry> entries = new ArrayList<>();
    List<Platform> unknown = new ArrayList<>();
    for (Fields each : all) {
      Optional<Platform> platform =
          each.isAbsent("platform") ? Optional.empty() : platform(each.object("platform"));
      if (Descriptor.isOfAnotherKind(each)) platform.ifPresent(unknown::add);
      else entries.add(new Entry(Descriptor.of(each), platform));
    }
    return new Index(type, List.copyOf(entries), List.copyOf(unknown));
  }

  /// The platform an index' line or a configuration states; nothing when it states none.
  static Optional<Platform> platform(Fields fields) throws Problem {
    Optional<String> os = fields.optionalText("os");
    Optional<String> architecture = fields.optionalText("architecture");
    if (os.isEmpty() || architecture.isEmpty()) return Optional.empty();
    String variant = fields.optionalText("variant").orElse("");
    return Optional.of(new Platform(os.get(), architecture.get(), variant));
  }

  private static Manifest manifest(String type, Fields fields, String what) throws Problem {
    Descriptor config = known(fields.object("config"), what);
    MediaTypes.requireConfig(config.mediaType(), what);
    List<Fields> all = fields.objects("layers");
    if (all.size() > MOST_LAYERS) throw MediaTypes.unusable(what, "it has too many layers");
    List<Descriptor> layers = new ArrayList<>();
    for (Fields each : all) {
      Descriptor layer = known(each, what);
      MediaTypes.requireLayer(layer.mediaType(), what);
      if (!each.isAbsent("urls")) {
        throw MediaTypes.unusable(what, "a layer of it lies elsewhere than in its registry");
      }
      layers.add(layer);
    }
    return new Manifest(type, config, List.copyOf(layers));
  }

  private static Descriptor known(Fields fields, String what) throws Problem {
    if (!Descriptor.isOfAnotherKind(fields)) return Descriptor.of(fields);
    throw MediaTypes.unusable(what, "a digest in it is not SHA-256");
  }
}
