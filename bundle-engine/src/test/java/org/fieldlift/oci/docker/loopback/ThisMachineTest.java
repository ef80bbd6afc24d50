package org.fieldlift.oci.docker.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ThisMachineTest {
  private static final Duration SOON = Duration.ofMillis(300);

  @Test
  void whatAProgramSaysAndHowItEndsIsHeard() throws IOException {
    ThisMachine.Said said =
        ThisMachine.run(
            List.of("/bin/sh", "-c", "echo out; echo err >&2; exit 3"), SOON.multipliedBy(30));
    assertThat(said).isEqualTo(new ThisMachine.Said(3, "out\nerr"));
  }

  @Test
  void aProgramThatDoesNotEndIsNotWaitedForThoughItSaysNothing() {
    assertThatThrownBy(() -> ThisMachine.run(List.of("/bin/sh", "-c", "exec sleep 60"), SOON))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not end");
  }

  @Test
  void aChildThatKeepsTheOutputOpenIsNotWaitedFor() throws IOException {
    List<String> command = List.of("/bin/sh", "-c", "sleep 30 & exit 4");
    assertThat(ThisMachine.run(command, SOON.multipliedBy(30)).code()).isEqualTo(4);
  }
}
