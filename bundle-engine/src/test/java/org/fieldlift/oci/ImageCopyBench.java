package org.fieldlift.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.http.HastySite;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.CopyOutcome.Failed;
import org.fieldlift.oci.CopyOutcome.Here;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Two registries and a layout: what tests of copying images stand on.
abstract class ImageCopyBench {
  static final byte[] BASE = SampleImage.layer(1, 300_000);
  static final byte[] OWN = SampleImage.layer(2, 20_000);

  @TempDir Path folder;
  final Cancellation cancellation = new Cancellation();
  final Progress progress = new Progress("Copy");
  final SampleImage sample = new SampleImage();
  FakeRegistry registry;
  FakeRegistry elsewhere;
  ImageLayout layout;
  Logins logins = _ -> Optional.empty();
  RegistryWays ways = RegistryWays.STRICT;
  List<ImageLayout> reuse = List.of();

  @BeforeEach
  void serveRegistries() throws IOException {
    registry = new FakeRegistry();
    elsewhere = new FakeRegistry();
    layout = ImageLayout.at(folder.resolve("images"));
  }

  @AfterEach
  void stopServing() {
    registry.close();
    elsewhere.close();
  }

  void assertClosed(Problem problem, int status) {
    assertThat(problem)
        .hasMessageContaining(
            "There is no image lab/app at %s for you (status %d)"
                .formatted(registry.host(), status));
    assertThat(problem.next()).contains("docker login " + registry.host());
  }

  void refuse(String manifest, String why) throws IOException {
    SampleImage hostile = new SampleImage();
    hostile.blobs.putAll(sample.blobs);
    registry.push("lab/app", "1", hostile.json("", manifest), hostile);
    assertThat(failure("lab/app:1")).hasMessageContaining(why);
  }

  Descriptor pushed(String repository, String tag) {
    Descriptor index =
        sample.index(
            "linux/amd64",
            sample.manifest("linux/amd64", SampleImage.layer(3, 1000), OWN),
            "linux/arm64/v8",
            sample.manifest("linux/arm64", BASE, OWN));
    registry.push(repository, tag, index, sample);
    return index;
  }

  Here copied(String reference) throws IOException {
    CopyOutcome outcome = copy(reference).getFirst();
    if (outcome instanceof Failed failed) throw failed.problem();
    return (Here) outcome;
  }

  Problem failure(String reference) throws IOException {
    return ((Failed) copy(reference).getFirst()).problem();
  }

  List<CopyOutcome> copy(String... references) throws IOException {
    return imageCopy()
        .copy(all(references), Platform.parse("linux/arm64"), layout, progress, cancellation);
  }

  List<CopyOutcome> plan(boolean offline, String... references) throws IOException {
    return imageCopy()
        .plan(all(references), Platform.parse("linux/arm64"), layout, offline, cancellation);
  }

  CopyOutcome offline(String reference) throws IOException {
    return imageCopy()
        .copyOffline(all(reference), Platform.parse("linux/arm64"), layout, progress, cancellation)
        .getFirst();
  }

  static void damage(ImageLayout layout, Descriptor blob) throws IOException {
    byte[] bytes = Files.readAllBytes(layout.path(blob.digest()));
    bytes[bytes.length / 2]++;
    Files.delete(layout.path(blob.digest()));
    Files.write(layout.path(blob.digest()), bytes);
  }

  ImageCopy imageCopy() {
    return new ImageCopy(new Registries(ways, logins, HastySite::at), reuse).proving();
  }

  List<ImageReference> all(String... references) throws IOException {
    List<ImageReference> all = new ArrayList<>();
    for (String each : references) all.add(ImageReference.parse(registry.host() + "/" + each));
    return all;
  }
}
