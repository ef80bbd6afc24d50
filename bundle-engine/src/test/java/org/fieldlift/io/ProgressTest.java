package org.fieldlift.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void theWholeIsTheSumOfItsParts() {
    Progress job = new Progress("job");
    Progress one = job.part("one");
    Progress two = job.part("two");
    one.expect(100);
    two.expect(300);
    one.advance(100);
    two.part("deep").advance(100);
    assertThat(job.total()).isEqualTo(400);
    assertThat(job.done()).isEqualTo(200);
    assertThat(job.fraction()).isEqualTo(0.5);
  }

  @Test
  void nothingKnownIsNothingDone() {
    assertThat(new Progress("job").fraction()).isZero();
  }

  @Test
  void cancellingAPartLeavesTheOthersAlone() {
    Cancellation all = new Cancellation();
    Cancellation one = all.child();
    Cancellation two = all.child();
    one.cancel();
    assertThatThrownBy(one::check).isInstanceOf(Cancellation.Cancelled.class);
    assertThat(two.isCancelled()).isFalse();
    all.cancel();
    assertThat(two.isCancelled()).isTrue();
  }

  @Test
  void aSteadyRateGivesASteadyForecast() {
    Rate rate = new Rate();
    for (int second = 0; second <= 20; second++) rate.look(second * 1_000_000_000L, second * 50L);
    assertThat(rate.bytesPerSecond()).isBetween(49.9, 50.1);
    assertThat(rate.left(500)).hasValue(Duration.ofSeconds(10));
  }

  @Test
  void workThatIsDoneAnewDoesNotMakeTheRateNegative() {
    Rate rate = new Rate();
    for (int second = 0; second < 10; second++) {
      rate.look(second * 1_000_000_000L, (second < 5 ? 5 + second : second - 5) * 100L);
    }
    assertThat(rate.bytesPerSecond()).isBetween(99.9, 100.1);
  }

  @Test
  void theForecastReactsSlowerThanTheShownRate() {
    Rate rate = new Rate();
    long done = 0;
    for (int second = 0; second < 60; second++) rate.look(second * 1_000_000_000L, done += 100);
    for (int second = 60; second < 65; second++) rate.look(second * 1_000_000_000L, done += 10);
    assertThat(rate.bytesPerSecond()).isLessThan(50);
    assertThat(rate.left(1000).orElseThrow()).isLessThan(Duration.ofSeconds(20));
  }
}
