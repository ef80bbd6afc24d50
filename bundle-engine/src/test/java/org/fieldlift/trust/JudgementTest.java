package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

class JudgementTest {
  @Test
  void aCheckThatCouldNotBeDoneIsNoVerdictWhereThatMayBe() throws Exception {
    Judgement.Check failed =
        () -> {
          throw Problem.failed("The disk is broken.", "Replace it.");
        };
    assertThatThrownBy(() -> Judgement.guardedOrFailed(failed)).hasMessage("The disk is broken.");
    assertThat(Judgement.guarded(failed)).isEqualTo(new Verdict.Broken("The disk is broken."));
    for (Problem.Kind kind : Problem.Kind.values()) {
      if (kind == Problem.Kind.FAILED) continue;
      Judgement.Check other =
          () -> {
            throw new Problem(kind, "It is damaged.", "Stop.");
          };
      assertThat(Judgement.guardedOrFailed(other)).isEqualTo(new Verdict.Broken("It is damaged."));
    }
  }

  @Test
  void whateverACheckThrowsIsNotGenuine() throws Exception {
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
      assertThat(Judgement.guardedOrFailed(check)).isInstanceOf(Verdict.Broken.class);
    }
    assertThat(Judgement.guarded(checks.getFirst()).words()).contains("forged");
    assertThat(Judgement.guarded(checks.get(1)).words()).contains("damaged");
  }
}
