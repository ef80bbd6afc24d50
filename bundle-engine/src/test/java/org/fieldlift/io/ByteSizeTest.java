package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "4GB, 4000000000",
    "64 MB, 64000000",
    "1.5TB, 1500000000000",
    "2047MiB, 2146435072",
    "4294967296, 4294967296",
    "12k, 12000"
  })
  void sizesAreReadAsPeopleWriteThem(String text, long bytes) throws Problem {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GB", "-1GB", "four", "1e9", "4 GB extra", "99999999999999999999"})
  void whatIsNoSizeIsRefusedInWords(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("is not a size");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 byte",
    "999, 999 bytes",
    "1000, 1 kB",
    "1500000, 1.5 MB",
    "99949999, 99.9 MB",
    "100000000, 100 MB",
    "64000000, 64.0 MB",
    "999600000, 1.0 GB",
    "11800000000, 11.8 GB",
    "2000000000000, 2.0 TB"
  })
  void sizesAreShownInTheUnitOnTheBox(long bytes, String text) {
    assertThat(ByteSize.text(bytes)).isEqualTo(text);
  }

  @Test
  void theLocaleDecidesTheDecimalMark() {
    assertThat(ByteSize.text(11_800_000_000L, java.util.Locale.FRENCH)).isEqualTo("11,8 GB");
  }
}
