package org.fieldlift.oci;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// The manifests and configurations of one reference: from the layouts at hand, else from the
/// registry, kept in memory until their image is whole. Their bytes stay as they were served.
final class ImageDocuments implements Resolution.Documents {
  private final ImageReference reference;
  private final List<ImageLayout> layouts;
  private final List<Repository> repositories;
  private final Cancellation cancellation;
  private final Map<Digest, byte[]> read = new ConcurrentHashMap<>();

  /// @param layouts nearest first
  /// @param repositories nearest first; none when nothing may be fetched
  ImageDocuments(
      ImageReference reference,
      List<ImageLayout> layouts,
      List<Repository> repositories,
      Cancellation cancellation) {
    this.reference = reference;
    this.layouts = layouts;
    this.repositories = repositories;
    this.cancellation = cancellation;
  }

  /// What the reference names. A tag may have moved, so the registry is asked what it names today;
  /// what a layout remembers counts only where nothing may be fetched.
  ///
  /// @throws NotHere when nothing may be fetched and no layout has it
  Descriptor target(Platform platform) throws IOException {
    Digest digest = reference.digest();
    if (digest != null) return described(pinned(digest));
    if (!repositories.isEmpty()) return described(fetched(String.valueOf(reference.tag()), null));
    for (ImageLayout layout : layouts) {
      Optional<Descriptor> remembered = layout.lines().find(reference, platform);
      if (remembered.isPresent()) return remembered.get();
    }
    throw new NotHere();
  }

  @Override
  public byte[] read(Descriptor descriptor) throws IOException {
    if (descriptor.size() > Document.LARGEST) {
      throw MediaTypes.unusable(what(), "its manifest or configuration is too large");
    }
    byte[] known = read.get(descriptor.digest());
    byte[] bytes = known != null ? known : found(descriptor);
    if (bytes.length == descriptor.size()) return bytes;
    throw Problem.notGenuine(
        "%s is not valid: %s… has another size than it should."
            .formatted(what(), descriptor.digest().brief()),
        "Ask whoever made this image.");
  }

  private byte[] found(Descriptor descriptor) throws IOException {
    Optional<byte[]> here = here(descriptor.digest());
    if (here.isPresent()) return here.get();
    boolean isManifest =
        MediaTypes.isManifest(descriptor.mediaType()) || MediaTypes.isIndex(descriptor.mediaType());
    return isManifest
        ? fetched(descriptor.digest().toString(), descriptor.digest())
        : fetchedBlob(descriptor.digest());
  }

  /// From the nearest layout that has it right; a damaged one counts as none where another can be
  /// fetched.
  private Optional<byte[]> here(Digest digest) throws IOException {
    Problem damaged = null;
    for (ImageLayout layout : layouts) {
      try {
        Optional<byte[]> bytes = layout.document(digest);
        if (bytes.isEmpty()) continue;
        read.put(digest, bytes.get());
        return bytes;
      } catch (Problem wrong) {
        if (damaged == null) damaged = wrong;
      }
    }
    if (damaged != null && repositories.isEmpty()) throw damaged;
    return Optional.empty();
  }

  private byte[] pinned(Digest digest) throws IOException {
    Optional<byte[]> here = here(digest);
    return here.isPresent() ? here.get() : fetched(digest.toString(), digest);
  }

  private Descriptor described(byte[] bytes) throws IOException {
    String type = Document.read(bytes, "", what()).mediaType();
    Digest digest = Digest.of(bytes);
    read.putIfAbsent(digest, bytes);
    return new Descriptor(type, digest, bytes.length);
  }

  /// @param expected nothing when a tag is asked for
  private byte[] fetched(String name, @Nullable Digest expected) throws IOException {
    return fetched(repository -> repository.manifest(name, cancellation), expected);
  }

  private byte[] fetchedBlob(Digest digest) throws IOException {
    return fetched(repository -> repository.blob(digest, cancellation), digest);
  }

  private byte[] fetched(Asking asking, @Nullable Digest expected) throws IOException {
    if (repositories.isEmpty()) throw new NotHere();
    Problem first = null;
    List<Repository> asked = Repository.worthAsking(repositories);
    for (Repository repository : asked) {
      try {
        Optional<byte[]> answer = asking.ask(repository);
        if (answer.isEmpty()) continue;
        Digest digest = Digest.of(answer.get());
        if (expected != null && !digest.equals(expected)) throw lie(repository, expected);
        read.put(digest, answer.get());
        return answer.get();
      } catch (Problem problem) {
        if (first == null) first = problem;
        else first.addSuppressed(problem);
      }
    }
    if (first != null) throw first;
    String where = String.join(" or ", asked.stream().map(Repository::where).toList());
    throw Problem.failed(
        "There is no image %s at %s.".formatted(what(), where),
        "Check the reference; it may have been removed there.");
  }

  private static Problem lie(Repository repository, Digest expected) {
    return Problem.notGenuine(
        "What %s sends as %s… is something else.".formatted(repository.where(), expected.brief()),
        "Tell whoever runs that registry; nothing of it was kept.");
  }

  private String what() {
    return PlainText.of(reference.text());
  }

  @FunctionalInterface
  private interface Asking {
    Optional<byte[]> ask(Repository repository) throws IOException;
  }

  /// Nothing may be fetched, and it is not here.
  static final class NotHere extends IOException {
    @Serial private static final long serialVersionUID = 1;

    NotHere() {
      super("not here");
    }
  }
}
