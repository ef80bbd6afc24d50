package org.fieldlift.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fieldlift.io.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "linux/arm64/v8, linux/arm64",
    "linux/aarch64, linux/arm64",
    "linux/x86_64, linux/amd64",
    "linux/amd64/v1, linux/amd64",
    "linux/amd64/v3, linux/amd64/v3",
    "linux/arm, linux/arm/v7",
    "linux/arm/7, linux/arm/v7",
    "linux/armhf, linux/arm/v7",
    "linux/armel, linux/arm/v6",
    "linux/i386, linux/386"
  })
  void aPlatformHasOneNormalForm(String text, String normal) throws Problem {
    assertThat(Platform.parse(text)).hasToString(normal);
  }

  @ParameterizedTest
  @CsvSource({
    "linux/arm/v7, linux/arm/v7 linux/arm/v6 linux/arm/v5",
    "linux/arm64, linux/arm64 linux/arm/v8 linux/arm/v7 linux/arm/v6 linux/arm/v5",
    "linux/amd64/v3, linux/amd64/v3 linux/amd64/v2 linux/amd64 linux/386",
    "linux/riscv64, linux/riscv64"
  })
  void whatRunsOnItComesBestFirst(String text, String runs) throws Problem {
    assertThat(Platform.parse(text).runs().stream().map(Platform::toString))
        .containsExactly(runs.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "linux", "linux/", "linux/arm64/v8/x", "Linux/arm64", "a/b\n"})
  void whatIsNoPlatformIsRefused(String text) {
    assertThatThrownBy(() -> Platform.parse(text)).isInstanceOf(Problem.class);
  }
}
