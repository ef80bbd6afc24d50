package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real cosign checks what we signed, and we check what it signed.
class CosignTest {
  private static final String NO_LOG =
      "{\"mediaType\":\"application/vnd.dev.sigstore.signingconfig.v0.2+json\","
          + "\"rekorTlogConfig\":{},\"tsaConfig\":{}}";

  @TempDir Path folder;
  private Program station;

  @BeforeEach
  void aStation() {
    Program.needs("cosign");
    station = new Program(folder.resolve("station"));
  }

  @Test
  void cosignAcceptsWhatWeSign() throws IOException {
    station.fieldlift("trust", "new-key", folder.resolve("lab")).well();
    Path release = folder.resolve("release.dir");
    Path input = Files.writeString(folder.resolve("os.img"), "an image");
    station
        .fieldlift(
            "release",
            "pack",
            "--kind",
            "file",
            "--product",
            "example.org/os",
            "--release-version",
            "1",
            "--key",
            folder.resolve("lab.key"),
            input,
            release)
        .well();
    Program.run(
            "cosign",
            "verify-blob",
            "--key",
            folder.resolve("lab.pub"),
            "--bundle",
            release.resolve("release.json.sigstore.json"),
            "--insecure-ignore-tlog=true",
            release.resolve("release.json"))
        .well();
  }

  @Test
  void weAcceptWhatCosignSignsWithItsOwnKeys() throws IOException {
    Program.run("sh", "-c", "cd '" + folder + "' && cosign generate-key-pair").well();
    Path file = Files.writeString(folder.resolve("file"), "content");
    Path bundle = folder.resolve("file.sigstore.json");
    Path config = Files.writeString(folder.resolve("no-log.json"), NO_LOG);
    Program.run(
            "cosign",
            "sign-blob",
            "--yes",
            "--key",
            folder.resolve("cosign.key"),
            "--signing-config",
            config,
            "--bundle",
            bundle,
            file)
        .well();
    station
        .fieldlift(
            "trust", "verify-blob", "--bundle", bundle, "--key", folder.resolve("cosign.pub"), file)
        .well();
    Files.writeString(file, "other content");
    station
        .fieldlift(
            "trust", "verify-blob", "--bundle", bundle, "--key", folder.resolve("cosign.pub"), file)
        .refused(3, "Not genuine");
  }

  @Test
  void aReleaseSignedWithACosignKeyComesIn() throws IOException {
    Program.run("sh", "-c", "cd '" + folder + "' && cosign generate-key-pair").well();
    Path input = Files.writeString(folder.resolve("os.img"), "an image");
    Path release = folder.resolve("os.tar.gz");
    station
        .fieldlift(
            "release",
            "pack",
            "--kind",
            "file",
            "--product",
            "example.org/os",
            "--release-version",
            "1",
            "--key",
            folder.resolve("cosign.key"),
            input,
            release)
        .well();
    station.fieldlift("release", "fetch", release).refused(3, "Not genuine");
    station
        .fieldlift(
            "trust",
            "add",
            "os",
            "--product",
            "example.org/*",
            "--key",
            folder.resolve("cosign.pub"))
        .well();
    station.fieldlift("release", "fetch", release).well();
  }
}
