package org.fieldlift.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fieldlift.acceptance.LabImages.Pinned;

/// Staged bundles with apps that run, their images in the workspace's cache, and a key to sign
/// releases of them.
///
/// @param folder where everything lies
record OfflineApps(Path folder, LabImages images) {

  OfflineApps(Path folder) throws IOException {
    this(folder, new LabImages(folder.resolve("pi/.cache/forklift/images")));
  }

  Path stages() {
    return folder.resolve("stages");
  }

  Fieldlift station() {
    return Fieldlift.at(folder.resolve("station"));
  }

  /// A release with an app that stays and one that does not; both share a base layer, and the tag
  /// of one moves from release to release.
  Path release(String number) throws IOException {
    bundle(
        number,
        images.image("ghcr.io/lab/app:stable", Pinned.INDEX, "app " + number),
        images.image("registry.example.org/lab/old:1.0", Pinned.DOCKER_LIST, "old " + number));
    Path release = folder.resolve(number + ".forklift-bundle.tar.gz");
    export(number, release, "--offline").well();
    return release;
  }

  /// A staged bundle with the apps `app` and `old-<number>`.
  void bundle(String number, String app, String old) throws IOException {
    Path bundle = Files.createDirectories(stages().resolve(number));
    Files.createDirectories(bundle.resolve("packages"));
    Files.createDirectories(bundle.resolve("exports"));
    Files.writeString(
        bundle.resolve("packages/forklift-repository.yml"),
        """
        forklift-version: v0.8.0-alpha.6
        repository:
            path: ""
            description: ""
            readme-file: ""
        """);
    for (var each : Map.of("app", app, "old-" + number, old).entrySet()) {
      Path at = Files.createDirectories(bundle.resolve("packages/packages/" + each.getKey()));
      Files.writeString(
          at.resolve("forklift-package.yml"),
          "package: {}\ndeployment:\n  compose-files: [compose.yml]\n");
      Files.writeString(
          at.resolve("compose.yml"),
          """
          services:
            main:
              image: %s
              command: [/bin/sleep, "600"]
              network_mode: none
          """
              .formatted(each.getValue()));
    }
    Files.writeString(
        bundle.resolve("forklift-bundle.yml"),
        """
        forklift-version: v0.8.0-alpha.6
        pallet:
          path: example.org/lab/scope
          version: v0.0.0-2026051208300%1$s-0123456789ab
          clean: true
        deploys:
          app:
            package: /packages/app
          old-%1$s:
            package: /packages/old-%1$s
        exports:
          app:
            compose-app:
              name: app
              services:
                - main
              images:
                - %2$s
          old-%1$s:
            compose-app:
              name: old-%1$s
              services:
                - main
              images:
                - %3$s
        """
            .formatted(number, app, old));
  }

  /// Exports a bundle for this machine.
  Program.Said export(String number, Path output, String... more) {
    if (!Files.exists(folder.resolve("lab.key"))) {
      station().run("trust", "new-key", folder.resolve("lab")).well();
    }
    return station().run(words(number, output, more).toArray());
  }

  /// The command, as a user gives it, that exports a bundle whose images are all here.
  Object[] exporting(String number, Path output, String... more) {
    List<Object> command = new ArrayList<>(List.of(Program.root().resolve("fieldlift")));
    command.addAll(words(number, output, more));
    command.addAll(List.of("--offline", "--home", station().home()));
    return command.toArray();
  }

  private List<Object> words(String number, Path output, String... more) {
    List<Object> words = new ArrayList<>(List.of("stage", "export-bundle", number, output));
    words.addAll(List.of("--stage-store", stages(), "--workspace", folder.resolve("pi")));
    words.addAll(List.of("--key", folder.resolve("lab.key")));
    words.addAll(List.of(more));
    return words;
  }

  /// Makes a station take what is signed here.
  void trust(Fieldlift device) {
    device.run("trust", "add", "lab", "--product", "*", "--key", folder.resolve("lab.pub")).well();
  }

  static Program.Said importBundle(
      Fieldlift device, Dockers docker, Path release, Path stages, String... more) {
    List<Object> words = new ArrayList<>(List.of("stage", "import-bundle", release, "--set-next"));
    words.addAll(List.of("--stage-store", stages, "--docker", docker.socket()));
    words.addAll(List.of(more));
    return device.run(words.toArray());
  }
}
