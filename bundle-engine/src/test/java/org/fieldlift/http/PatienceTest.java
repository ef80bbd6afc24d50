package org.fieldlift.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    Patience.Tries tries = new Patience(naps::add, new Random(1)).tries(ADDRESS, HttpGet.SILENCE);
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
    Patience.Tries tries = new Patience(naps::add, new Random(1)).tries(ADDRESS, HttpGet.SILENCE);
    for (int i = 0; i < 50; i++) {
      naps.clear();
      tries.failed(new IOException("broken"), cancellation);
      assertThat(naps.stream().reduce(Duration.ZERO, Duration::plus))
          .isLessThanOrEqualTo(Patience.LONGEST_WAIT);
      tries.progressed();
    }
  }

  @Test
  void whoeverSaysNothingAtFirstIsNotAskedForEver() throws Exception {
    Duration silence = Duration.ofMillis(300);
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (String scheme : List.of("http", "https")) {
        URI base = URI.create("%s://127.0.0.1:%d/".formatted(scheme, mute.getLocalPort()));
        HttpGet http = new HttpGet(new Egress(Map.of()), silence, Clock.systemUTC(), Access.OPEN);
        HttpSite site = new HttpSite(base, http, new Patience(naps::add, new Random(1)));
        assertThatThrownBy(() -> site.required("index.json", 100, cancellation))
            .as(scheme)
            .isInstanceOf(Problem.class)
            .hasMessageMatching(".*: no (answer from|connection to) 127[.]0.* [(]tried once[)][.]");
      }
    }
  }

  @Test
  void whoeverWasHeardIsAskedAgainAfterASilence() throws Exception {
    Patience.Tries tries =
        new Patience(naps::add, new Random(1)).tries(ADDRESS, Duration.ofMillis(1));
    tries.progressed();
    Thread.sleep(2);
    for (int i = 1; i < Patience.MOST_TRIES; i++) {
      tries.failed(new IOException("silent"), cancellation);
    }
    assertThatThrownBy(() -> tries.failed(new IOException("silent"), cancellation))
        .hasMessageContaining("(tried 6 times)");
  }

  @Test
  void aStopEndsTheWait() {
    Patience patience = new Patience(_ -> cancellation.cancel(), new Random(1));
    assertThatThrownBy(() ->
            patience.tries(ADDRESS, HttpGet.SILENCE).failed(new IOException("x"), cancellation))
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
