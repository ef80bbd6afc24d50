package org.fieldlift.fat32;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

class BootSectorsTest {
  @Test
  void theyHaveABackupAndTellWhereTheyLie() throws Problem {
    Geometry geometry = Geometry.of(16_000_000_000L, 512);
    byte[] sectors = BootSectors.reserved(geometry, Label.of("FL-7K3QX2"), 0x1234ABCD, 99, 7);
    ByteBuffer boot = ByteBuffer.wrap(sectors).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(Arrays.copyOfRange(sectors, 6 * 512, 9 * 512))
        .isEqualTo(Arrays.copyOf(sectors, 3 * 512));
    assertThat(boot.getInt(28)).as("hidden sectors").isEqualTo(8192);
    assertThat(boot.getShort(50)).as("backup").isEqualTo((short) 6);
    assertThat(boot.get(0x41)).as("dirty bits").isZero();
    assertThat(boot.getInt(67)).isEqualTo(0x1234ABCD);
    assertThat(boot.getInt(512 + 488)).as("free clusters").isEqualTo(99);
    assertThat(boot.getInt(512 + 492)).as("next free cluster").isEqualTo(7);
    for (int sector : new int[] {0, 1, 2, 6, 7, 8}) {
      assertThat(boot.getShort(sector * 512 + 510)).isEqualTo((short) 0xAA55);
    }
  }
}
