package org.fieldlift.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class EventIdTest {
  /// 9999-12-31T23:59:59.999Z
  private static final long LATEST = 253_402_300_799_999L;

  @Test
  void theExampleOfTheSpecificationIsAnIdOfItsTime() {
    UUID example = UUID.fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    assertThat(EventId.fits(example, Instant.parse("2022-02-22T19:22:22Z"))).isTrue();
    assertThat(EventId.fits(example, Instant.parse("2022-02-22T19:22:22.001Z"))).isFalse();
  }

  @Property(tries = 100)
  void anIdFitsItsTimeAndSortsAfterEarlierOnes(@ForAll @LongRange(max = LATEST - 1) long millis) {
    Instant time = Instant.ofEpochMilli(millis);
    UUID id = EventId.at(time);
    UUID next = EventId.at(time.plusMillis(1));
    assertThat(EventId.fits(id, time)).isTrue();
    assertThat(id.toString()).isLessThan(next.toString());
    assertThat(EventId.at(time)).isNotEqualTo(id);
  }

  @Test
  void otherVersionsAndVariantsDoNotFit() {
    Instant time = Instant.parse("2022-02-22T19:22:22Z");
    assertThat(EventId.fits(UUID.fromString("017f22e2-79b0-4cc3-98c4-dc0c0c07398f"), time))
        .isFalse();
    assertThat(EventId.fits(UUID.fromString("017f22e2-79b0-7cc3-18c4-dc0c0c07398f"), time))
        .isFalse();
  }
}
