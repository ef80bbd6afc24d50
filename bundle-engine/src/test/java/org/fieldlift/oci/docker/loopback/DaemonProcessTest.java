package org.fieldlift.oci.docker.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonProcessTest {
  @TempDir Path folder;

  @Test
  void itIsTheDockerdThatListensAndNotWhoMadeTheSocket() throws IOException {
    DaemonProcess found = found("/usr/bin/dockerd", "-H", "fd://");
    assertThat(found.pid()).isEqualTo(FakeProc.PID);
    assertThat(found.config()).hasToString("/etc/docker/daemon.json");
    assertThat(found.hasMirrorFlag()).isFalse();
  }

  @Test
  void itsConfigurationIsWhereItsCommandLineSays() throws IOException {
    assertThat(found("dockerd", "--config-file", "/snap/daemon.json").config())
        .hasToString("/snap/daemon.json");
  }

  @Test
  void aRelativeConfigurationIsWhereTheDaemonStands() throws IOException {
    assertThat(found("dockerd", "--config-file=d.json").config())
        .isEqualTo(folder.resolve("proc/srv/d.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--registry-mirror", "--registry-mirror=http://m"})
  void mirrorsOnTheCommandLineAreSeen(String flag) throws IOException {
    assertThat(found("dockerd", flag).hasMirrorFlag()).isTrue();
  }

  @Test
  void aSocketIsKnownByAnyNameOfItsFolder() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Path socket = Files.createFile(run.resolve("docker.sock"));
    Files.createSymbolicLink(folder.resolve("var-run"), run);
    FakeProc proc = FakeProc.with(folder.resolve("proc"), socket, "dockerd");
    Path other = folder.resolve("var-run/docker.sock");
    assertThat(DaemonProcess.behind(other, proc.folder()).pid()).isEqualTo(FakeProc.PID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnt", "net"})
  void aDaemonInAPlaceOfItsOwnIsRefused(String space) throws IOException {
    Path socket = folder.resolve("docker.sock");
    FakeProc proc = FakeProc.with(folder.resolve("proc"), socket, "dockerd");
    proc.apart(space);
    assertThatThrownBy(() -> DaemonProcess.behind(socket, proc.folder()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("of its own");
  }

  @Test
  void aSocketNobodyHoldsHasNoDaemon() throws IOException {
    FakeProc proc = FakeProc.with(folder.resolve("proc"), folder.resolve("a.sock"), "dockerd");
    assertThatThrownBy(() -> DaemonProcess.behind(folder.resolve("b.sock"), proc.folder()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cannot be found");
  }

  private DaemonProcess found(String... words) throws IOException {
    Path socket = folder.resolve("docker.sock");
    FakeProc proc = FakeProc.with(folder.resolve("proc"), socket, words);
    return DaemonProcess.behind(socket, proc.folder());
  }
}
