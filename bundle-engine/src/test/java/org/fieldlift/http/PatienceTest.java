package org.fieldlift.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final URI ADDRESS = URI.create("https://releases.example/x");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-12T08:30:00Z"), ZoneOffset.UTC);

  private final List<Duration> naps = new ArrayList<>();
  private final Cancellation cancellation = new Cancellation();

  @Test
  void eachWaitIsAboutTwiceTheOneBefore() throws IOException {
    Patience.Tries tries = new Patience(naps::add, new Random(1)).tries(ADDRESS);
    Duration full = Patience.FIRST_WAIT;
    for (int i = 1; i < Patience.MOST_TRIES; i++) {
      naps.clear();
      tries.failed(new IOException("broken"), cancellation);
      Duration slept = naps.stream().reduce(Duration.ZERO, Duration::plus);
      assertThat(slept).isBetween(full.dividedBy(2), full);
      full = full.multipliedBy(2);
    }
    assertThatThrownBy(() -> tries.failed(new IOException("broken"), cancellation))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("broken (tried 6 times)");
  }

  @Test
  void noWaitIsLongerThanTheLongest() throws IOException {
    Patience.Tries tries = new Patience(naps::add, new Random(1)).tries(ADDRESS);
    for (int i = 0; i < 50; i++) {
      naps.clear();
      tries.failed(new IOException("broken"), cancellation);
      assertThat(naps.stream().reduce(Duration.ZERO, Duration::plus))
          .isLessThanOrEqualTo(Patience.LONGEST_WAIT);
      tries.progressed();
    }
  }

  @Test
  void aStopEndsTheWait() {
    Patience patience = new Patience(_ -> cancellation.cancel(), new Random(1));
    assertThatThrownBy(() -> patience.tries(ADDRESS).failed(new IOException("x"), cancellation))
        .isInstanceOf(Cancellation.Cancelled.class);
  }

  @Test
  void retryAfterMayBeSecondsOrADate() {
    assertThat(HttpBusy.parse("120", CLOCK)).contains(Duration.ofMinutes(2));
    assertThat(HttpBusy.parse("Tue, 12 May 2026 08:31:00 GMT", CLOCK))
        .contains(Duration.ofMinutes(1));
    assertThat(HttpBusy.parse("Tue, 12 May 2020 08:31:00 GMT", CLOCK)).contains(Duration.ZERO);
    assertThat(HttpBusy.parse("99999999999999999999", CLOCK)).contains(Duration.ofDays(36_500));
    assertThat(HttpBusy.parse("soon", CLOCK)).isEmpty();
  }
}
