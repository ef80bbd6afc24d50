package org.fieldlift.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fieldlift.forklift.CacheFolders;
import org.fieldlift.forklift.Workspace;
import org.fieldlift.forklift.program.ForkliftProgram;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.oci.ImageFixture;
import org.fieldlift.oci.ImageLayout;
import org.fieldlift.oci.Platform;
import org.fieldlift.oci.RegistryWays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Forklift is a script that stages as the real one does: it believes what lies in the cache, and
/// fetches what does not, whatever the server answers.
class PalletStagingTest {
  private static final String TOOL = "r.example.org/lab/tool:1";
  private static final String TAR = "oci-image-fs-tarballs/r.example.org/lab/tool/1.tar";

  @TempDir Path folder;
  private Workspace workspace;
  private Path stagings;

  @BeforeEach
  void aWorkspaceWhoseImageFilesAreForArm() throws IOException {
    workspace = new Workspace(folder.resolve("home"));
    Files.createDirectories(workspace.pallet());
    Path tar = workspace.caches().downloads().resolve(TAR);
    Files.createDirectories(tar.getParent());
    Files.write(tar, ImageFixture.tar("bin/tool", "for linux/arm64"));
    stagings = folder.resolve("stagings");
    forklift("");
  }

  @Test
  void anotherPlatformGetsItsOwnFilesAndTheWorkspaceKeepsItsOwn() throws IOException {
    byte[] before = Files.readAllBytes(workspace.caches().downloads().resolve(TAR));
    assertThat(exported("linux/amd64")).isEqualTo("for linux/amd64");
    assertThat(workspace.caches().downloads().resolve(TAR)).hasBinaryContent(before);
    assertThat(stagings).content().hasLineCount(2);
    assertThat(exported("linux/arm64")).isEqualTo("for linux/arm64");
    assertThat(exported("linux/amd64")).isEqualTo("for linux/amd64");
    assertThat(workspace.caches().downloads().resolve(TAR)).hasBinaryContent(before);
  }

  @Test
  void filesThatAreThePlatformsAlreadyAreTakenAsTheyAreAndStagedOnce() throws IOException {
    assertThat(exported("linux/arm64")).isEqualTo("for linux/arm64");
    assertThat(stagings).content().hasLineCount(1);
    assertThat(station("linux/arm64").downloads().resolve(TAR))
        .hasSameBinaryContentAs(workspace.caches().downloads().resolve(TAR));
  }

  @Test
  void whereTheImageIsNotHereAndNothingMayBeFetchedItIsSaid() throws IOException {
    assertThatThrownBy(() -> staging("linux/riscv64").stage(workspace, scratch(), progress(), go()))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.what()).contains(TOOL, "not on this computer for linux/riscv64");
              assertThat(problem.next()).contains("--offline");
            });
  }

  @Test
  void anErrorPageThatForkliftTookForTheFileEndsTheExport() throws IOException {
    int[] status = {404};
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          byte[] answer = (status[0] == 404 ? "not found" : "the file").getBytes(UTF_8);
          exchange.sendResponseHeaders(status[0], answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    web.start();
    try {
      String host = "127.0.0.1:" + web.getAddress().getPort();
      forklift(host);
      Path tar = station("linux/arm64").downloads().resolve(TAR);
      Files.createDirectories(tar.getParent());
      Files.write(tar, ImageFixture.tar("bin/tool", "for linux/arm64"));
      PalletStaging online = staging("linux/arm64", false);
      assertThatThrownBy(() -> online.stage(workspace, scratch(), progress(), go()))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("is not there");
      status[0] = 200;
      Path bundle = online.stage(workspace, scratch(), progress(), go()).bundle();
      assertThat(bundle.resolve("exports/file")).hasContent("the file");
      assertThat(station("linux/arm64").downloads().resolve("http-files").resolve(host + "/f"))
          .hasContent("the file");
    } finally {
      web.stop(0);
    }
  }

  private String exported(String platform) throws IOException {
    Path bundle = staging(platform).stage(workspace, scratch(), progress(), go()).bundle();
    return Files.readString(bundle.resolve("exports/tool")).lines().findFirst().orElse("");
  }

  private PalletStaging staging(String platform) throws IOException {
    return staging(platform, true);
  }

  private PalletStaging staging(String platform, boolean offline) throws IOException {
    ImageLayout layout = ImageLayout.at(folder.resolve("images"));
    if (layout.images().isEmpty()) ImageFixture.put(layout, TOOL, "bin/tool");
    return new PalletStaging(
        ForkliftProgram.find(Map.of("PATH", folder.resolve("bin").toString())),
        Platform.parse(platform),
        station(platform),
        new Images(layout, List.of(), RegistryWays.STRICT),
        offline);
  }

  private CacheFolders station(String platform) {
    return new CacheFolders(folder.resolve("station").resolve(platform.replace('/', '-')));
  }

  private Path scratch() throws IOException {
    return Files.createTempDirectory(folder, "scratch");
  }

  private static Progress progress() {
    return new Progress("a test");
  }

  private static Cancellation go() {
    return new Cancellation();
  }

  /// @param host that an error page comes from; "" for a pallet that exports no file of a server
  private void forklift(String host) throws IOException {
    String page = "$2/.cache/forklift/downloads/http-files/" + host + "/f";
    String fetch =
        host.isEmpty()
            ? ""
            : """
            if [ ! -e "%1$s" ]; then mkdir -p "$(dirname "%1$s")"; printf 'not found' >"%1$s"; fi
            """
                .formatted(page);
    Path program = folder.resolve("bin/forklift");
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(
        program,
        """
        #!/bin/sh
        [ "$1" = --version ] && { echo forklift version v0.9.0-alpha.0; exit; }
        echo staged >>%s
        bundle="$4/1"
        mkdir -p "$bundle/packages/tool" "$bundle/exports"
        %s
        tar xOf "$2/.cache/forklift/downloads/%s" bin/tool >"$bundle/exports/tool"
        %s
        cat >"$bundle/packages/tool/forklift-package.yml" <<'END'
        deployment:
          provides:
            file-exports:
              - {source-type: oci-image, url: '%s', target: tool}
        END
        cat >"$bundle/forklift-bundle.yml" <<'END'
        forklift-version: v0.8.0-alpha.6
        pallet:
          path: git.example.org/lab/microscope
          version: v1.0.0
          clean: true
        deploys:
          tool:
            package: tool
        %s
        END
        """
            .formatted(
                stagings,
                fetch,
                TAR,
                host.isEmpty() ? "" : "cp \"" + page + "\" \"$bundle/exports/file\"",
                TOOL,
                host.isEmpty() ? "" : "downloads: {tool: {http: ['http://" + host + "/f']}}"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }
}
