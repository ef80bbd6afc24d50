package org.fieldlift.forklift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.fieldlift.io.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionLockTest {
  /// Observed from Forklift v0.9.0-alpha.0.
  @ParameterizedTest
  @CsvSource({
    "version, v1.2.3, v1.2.3",
    "version, v1.2.3+build5, v1.2.3+build5",
    "version, v1.2.3-beta.1+b, v1.2.3-beta.1+b",
    "pseudoversion, '', v0.0.0-20241023155628-0b2207e01eaa",
    "pseudoversion, v1.2.3, v1.2.4-0.20241023155628-0b2207e01eaa",
    "pseudoversion, v1.2.3+x, v1.2.4-0.20241023155628-0b2207e01eaa",
    "pseudoversion, v2024.0.0-beta.2, v2024.0.0-beta.2.0.20241023155628-0b2207e01eaa",
    "pseudoversion, v1.2.3-beta.1+b, v1.2.3-beta.1.0.20241023155628-0b2207e01eaa",
  })
  void aLockHasTheVersionForkliftWrites(String type, String tag, String version) throws Problem {
    Section lock =
        new Section(
            Map.of(
                "type",
                type,
                "tag",
                tag,
                "timestamp",
                "20241023155628",
                "commit",
                "0b2207e01eaa5d3c2b1a0b2207e01eaa5d3c2b1a"),
            "a lock",
            "");
    assertThat(VersionLock.read(lock).version()).isEqualTo(version);
  }
}
