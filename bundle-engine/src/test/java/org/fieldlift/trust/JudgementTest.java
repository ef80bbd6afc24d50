package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

class JudgementTest {
  @Test
  void whateverACheckThrowsIsNotGenuine() {
    List<Judgement.Check> checks =
        List.of(
            () -> {
              throw new NotGenuine("It is forged.");
            },
            () -> {
              throw Problem.notGenuine("It is damaged.", "Stop.");
            },
            () -> {
              throw new IOException("no such file");
            },
            () -> {
              throw new IndexOutOfBoundsException("an empty chain");
            },
            () -> {
              throw new NullPointerException("a certificate without a name");
            });
    for (Judgement.Check check : checks) {
      assertThat(Judgement.guarded(check)).isInstanceOf(Verdict.Broken.class);
    }
    assertThat(Judgement.guarded(checks.getFirst()).words()).contains("forged");
    assertThat(Judgement.guarded(checks.get(1)).words()).contains("damaged");
  }
}
