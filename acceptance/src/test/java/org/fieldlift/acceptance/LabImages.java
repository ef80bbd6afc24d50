package org.fieldlift.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/// Images that run, written by hand as registries serve them, in an image layout as Fieldlift keeps
/// it: a base layer with busybox that all of them share, and one of their own.
final class LabImages {
  /// What a reference is pinned to.
  enum Pinned {
    /// An OCI index of two platforms, of which only one is here.
    INDEX,
    /// The same in Docker's older dialect.
    DOCKER_LIST,
    /// This platform's manifest.
    MANIFEST,
    /// An OCI index of this platform and of an older one that it also runs; only that one is here.
    ALSO_RUNS,
    /// Nothing: a tag only.
    NOTHING
  }

  private static final String OCI = "application/vnd.oci.image.";
  private static final String DOCKER = "application/vnd.docker.";
  private static final String ELSEWHERE = "sha256:" + "0123456789abcdef".repeat(4);

  private final Path folder;
  private final List<String> lines = new ArrayList<>();
  private final Layer base;

  private record Layer(String unpacked, String digest, long size) {}

  /// @param folder of the layout
  LabImages(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("blobs/sha256"));
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Path root = folder.resolveSibling(folder.getFileName() + "-base");
    Files.createDirectories(root.resolve("bin"));
    Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
    for (String name : List.of("cat", "sh", "sleep")) {
      Files.createSymbolicLink(root.resolve("bin").resolve(name), Path.of("busybox"));
    }
    base = layer(tar(root));
  }

  Path folder() {
    return folder;
  }

  /// The words that load them into a Docker.
  Object[] loading(Dockers docker, String... options) {
    List<Object> words =
        new ArrayList<>(List.of("image", "load", folder, "--docker", docker.socket()));
    words.addAll(List.of(options));
    return words.toArray();
  }

  /// The file of the largest blob.
  Path largestBlob() throws IOException {
    return largestBlobs(1).getFirst();
  }

  /// The files of the largest blobs, the largest first.
  List<Path> largestBlobs(int count) throws IOException {
    try (var all = Files.list(folder.resolve("blobs/sha256"))) {
      return all.sorted(Comparator.comparingLong((Path file) -> -file.toFile().length()))
          .limit(count)
          .toList();
    }
  }

  String image(String name, Pinned pinned, String message) throws IOException {
    return image(name, pinned, message, 0);
  }

  /// Adds an image that says a message.
  ///
  /// @param name with its tag
  /// @param weight bytes of noise in it
  /// @return its reference as a compose file has it
  String image(String name, Pinned pinned, String message, int weight) throws IOException {
    byte[] noise = new byte[weight];
    new SplittableRandom(message.hashCode()).nextBytes(noise);
    Path root = folder.resolveSibling(folder.getFileName() + "-own");
    Files.createDirectories(root);
    Files.writeString(root.resolve("message"), message + "\n");
    Files.write(root.resolve("noise"), noise);
    Layer own = layer(tar(root));
    boolean isDocker = pinned == Pinned.DOCKER_LIST;
    String platform = platform(pinned == Pinned.ALSO_RUNS ? alsoRuns() : architecture());
    String config =
        """
        {%s,"config":{"Cmd":["/bin/cat","/message"],"Env":["PATH=/bin"]},\
        "rootfs":{"type":"layers","diff_ids":["%s","%s"]},"history":[]}\
        """
            .formatted(platform, base.unpacked, own.unpacked);
    String manifestType =
        isDocker ? DOCKER + "distribution.manifest.v2+json" : OCI + "manifest.v1+json";
    String layerType = isDocker ? DOCKER + "image.rootfs.diff.tar.gzip" : OCI + "layer.v1.tar+gzip";
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s,%s]}\
        """
            .formatted(
                manifestType,
                put(isDocker ? DOCKER + "container.image.v1+json" : OCI + "config.v1+json", config),
                descriptor(layerType, base.digest, base.size),
                descriptor(layerType, own.digest, own.size));
    String target = put(manifestType, manifest);
    if (pinned == Pinned.INDEX || pinned == Pinned.ALSO_RUNS || isDocker) {
      String type =
          isDocker ? DOCKER + "distribution.manifest.list.v2+json" : OCI + "index.v1+json";
      String elsewhere = platform(pinned == Pinned.ALSO_RUNS ? architecture() : "s390x");
      target = put(type, index(type, target, platform, elsewhere));
    }
    String digest = target.replaceFirst(".*\"digest\":\"([^\"]*)\".*", "$1");
    String reference = pinned == Pinned.NOTHING ? name : name + "@" + digest;
    name(reference, target, pinned == Pinned.ALSO_RUNS ? alsoRuns() : architecture());
    return reference;
  }

  private static String platform(String architecture) {
    return "\"os\":\"linux\",\"architecture\":\"" + architecture + "\"";
  }

  private static String index(String type, String manifest, String platform, String elsewhere) {
    String other =
        descriptor("application/vnd.oci.image.manifest.v1+json", ELSEWHERE, 1234)
            .replaceFirst("}$", ",\"platform\":{" + elsewhere + "}}");
    String ours = manifest.replaceFirst("}$", ",\"platform\":{" + platform + "}}");
    return """
    {"schemaVersion":2,"mediaType":"%s","manifests":[%s,%s]}\
    """
        .formatted(type, other, ours);
  }

  private void name(String reference, String target, String architecture) throws IOException {
    String notes =
        ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"%s\",\"org.fieldlift.platform\":\"linux/%s\"}}";
    lines.add(target.replaceFirst("}$", notes.formatted(reference, architecture)));
    Files.writeString(
        folder.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", lines) + "]}");
  }

  private byte[] tar(Path root) throws IOException {
    Path tar = folder.resolveSibling(folder.getFileName() + ".tar");
    Program.run(
            "tar",
            "--sort=name",
            "--mtime=@0",
            "--owner=0",
            "--group=0",
            "-C",
            root,
            "-cf",
            tar,
            ".")
        .well();
    return Files.readAllBytes(tar);
  }

  private Layer layer(byte[] tar) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(tar);
    }
    return new Layer("sha256:" + Digests.of(tar), blob(packed.toByteArray()), packed.size());
  }

  private String put(String type, String document) throws IOException {
    return descriptor(type, blob(document.getBytes(UTF_8)), document.length());
  }

  private String blob(byte[] bytes) throws IOException {
    String hex = Digests.of(bytes);
    Files.write(folder.resolve("blobs/sha256").resolve(hex), bytes);
    return "sha256:" + hex;
  }

  private static String descriptor(String type, String digest, long size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, size);
  }

  /// What these images are for: this machine.
  static String platform() {
    return "linux/" + architecture();
  }

  /// An architecture whose programs this machine runs as well.
  private static String alsoRuns() {
    return architecture().equals("arm64") ? "arm" : "386";
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }
}
