package org.fieldlift.oci;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.http.Arriving;
import org.fieldlift.http.HttpSite;
import org.fieldlift.http.PartialFile;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Content;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;

/// One repository at one address: a registry, or a mirror of it.
///
/// @see <a
///   href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">distribution-spec</a>
final class Repository {
  /// How often a blob may arrive whole and be wrong, before the server is given up.
  private static final int MOST_SPOILED = 2;

  private static final int BLOCK = 1 << 20;

  private final HttpSite site;
  private final String path;
  private final Set<URI> silent;

  @FunctionalInterface
  private interface Asking<T> {
    T ask() throws IOException;
  }

  /// @param path `v2/library/alpine/`
  /// @param silent servers that gave no answer in this run
  Repository(HttpSite site, String path, Set<URI> silent) {
    this.site = site;
    this.path = path;
    this.silent = silent;
  }

  /// Those to ask, in their order: a server that was silent once is not waited for again, as long
  /// as there is another.
  static List<Repository> worthAsking(List<Repository> repositories) {
    List<Repository> heard =
        repositories.stream().filter(each -> !each.silent.contains(each.site.base())).toList();
    return heard.isEmpty() && !repositories.isEmpty() ? List.of(repositories.getLast()) : heard;
  }

  private <T> T heard(Asking<T> asking) throws IOException {
    try {
      return asking.ask();
    } catch (Problem problem) {
      if (HttpSite.isUnheard(problem)) silent.add(site.base());
      throw problem;
    }
  }

  /// Where it is, for people.
  String where() {
    return PlainText.of(RegistryAccess.authority(site.base()));
  }

  /// @param name a tag or a digest
  /// @return bytes as they came, or nothing when the server has none of that name
  Optional<byte[]> manifest(String name, Cancellation cancellation) throws IOException {
    return heard(() -> site.optional(path + "manifests/" + name, Document.LARGEST, cancellation));
  }

  /// A small blob, not checked yet.
  Optional<byte[]> blob(Digest digest, Cancellation cancellation) throws IOException {
    return heard(() -> site.optional(path + "blobs/" + digest, Document.LARGEST, cancellation));
  }

  /// Brings a blob, going on where an earlier run broke off.
  ///
  /// @throws Problem when what came is not what its digest says
  void bring(Descriptor blob, PartialFile into, Progress progress, Cancellation cancellation)
      throws IOException {
    heard(() -> {
      fetch(blob, into, progress, cancellation);
      return blob;
    });
  }

  private void fetch(
      Descriptor blob, PartialFile into, Progress progress, Cancellation cancellation)
      throws IOException {
    for (int spoiled = 0; spoiled < MOST_SPOILED; spoiled++) {
      Hearing hearing = new Hearing();
      hearing.readBefore(into, blob.size());
      site.bring(
          path + "blobs/" + blob.digest(), blob.size(), into, hearing, progress, cancellation);
      if (hearing.hasher.digest().equals(blob.digest())) return;
      progress.advance(-blob.size());
      into.delete();
    }
    throw Problem.notGenuine(
        "What %s sends as %s… is something else.".formatted(where(), blob.digest().brief()),
        "Tell whoever runs that registry; nothing of it was kept.");
  }

  /// Hashes the bytes as they come.
  private static final class Hearing implements Arriving {
    private Digest.Hasher hasher = new Digest.Hasher();

    void readBefore(PartialFile file, long size) throws IOException {
      long before = file.size();
      if (before == 0 || before > size) return;
      byte[] block = new byte[BLOCK];
      try (var in = Content.of(file.path(), before).stream()) {
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
          hasher.update(block, 0, count);
        }
      }
    }

    @Override
    public void came(byte[] bytes, int offset, int length) {
      hasher.update(bytes, offset, length);
    }

    @Override
    public void restarted() {
      hasher = new Digest.Hasher();
    }
  }

  /// Where a repository really is.
  static URI registry(String registry, boolean isSecure) {
    String host = registry.equals(ImageReference.DOCKER_HUB) ? "registry-1.docker.io" : registry;
    return URI.create((isSecure ? "https://" : "http://") + host + "/");
  }
}
