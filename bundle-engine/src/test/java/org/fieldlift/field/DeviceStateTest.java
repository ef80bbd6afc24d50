package org.fieldlift.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.fieldlift.field.DeviceState.Accepted;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceStateTest {
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("2026-06-01T00:00:00Z");

  @TempDir Path folder;

  @Test
  void aNewDeviceRemembersNothing() throws IOException {
    DeviceState device = DeviceState.open(folder.resolve("new/one"));
    assertThat(device.accepted(Trees.PRODUCT)).isEmpty();
    assertThat(device.latestTime()).isEmpty();
  }

  @Test
  void whatIsRememberedOnlyRisesAndOutlivesTheProgram() throws IOException {
    DeviceState device = DeviceState.open(folder);
    device.accept(release(20), LATE);
    device.accept(release(10), EARLY);
    device.accept(release(15), null);
    DeviceState later = DeviceState.open(folder);
    assertThat(later.accepted(Trees.PRODUCT)).contains(new Accepted(20, Trees.VERSION));
    assertThat(later.accepted("git.example.org/lab/other")).isEmpty();
    assertThat(later.latestTime()).contains(LATE);
  }

  @Test
  void aSignatureThatProvesNoTimeLeavesTheTimeAlone() throws IOException {
    DeviceState device = DeviceState.open(folder);
    device.accept(release(1), null);
    assertThat(device.latestTime()).isEmpty();
    device.accept(release(2), EARLY);
    assertThat(device.latestTime()).contains(EARLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"schema\":\"fieldlift.device/2\"}",
        "{\"schema\":\"fieldlift.device/1\",\"products\":7}"
      })
  void aMemoryThatCannotBeReadIsNeverAnEmptyOne(String json) throws IOException {
    Files.writeString(folder.resolve("device.json"), json);
    DeviceState device = DeviceState.open(folder);
    assertThatThrownBy(() -> device.accepted(Trees.PRODUCT))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.FAILED);
              assertThat(problem.next()).contains(folder.resolve("device.json").toString());
            });
    assertThatThrownBy(() -> device.accept(release(1), null)).isInstanceOf(Problem.class);
    assertThat(folder.resolve("device.json")).hasContent(json);
  }

  private static Release release(long sequence) {
    return PackedRelease.description(sequence, "any", null);
  }
}
