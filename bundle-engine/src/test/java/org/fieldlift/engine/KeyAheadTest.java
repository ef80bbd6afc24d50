package org.fieldlift.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.trust.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeyAheadTest {
  private static final char[] PASSWORD = "right".toCharArray();

  @TempDir Path folder;
  private SigningKey key;
  private final Cancellation whole = new Cancellation();

  @BeforeEach
  void makeAKey() throws IOException {
    key = SigningKey.generate(folder.resolve("lab"), PASSWORD);
  }

  @Test
  void itSignsAsTheKeyDoes() throws IOException {
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    KeyAhead ahead = KeyAhead.open(folder.resolve("lab.key"), PASSWORD, whole);
    assertThat(ahead.sign(content)).isEqualTo(key.signBundle(content));
  }

  @Test
  void aWrongPasswordStopsTheWorkAndIsWhatThePersonIsTold() {
    KeyAhead ahead = KeyAhead.open(folder.resolve("lab.key"), "wrong".toCharArray(), whole);
    assertThatThrownBy(() -> ahead.during(KeyAheadTest::untilStopped))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("password");
    assertThat(whole.isCancelled()).isFalse();
  }

  @Test
  void aPersonWhoStopsTheWorkIsToldNothingOfTheKey() {
    KeyAhead ahead = KeyAhead.open(folder.resolve("lab.key"), "wrong".toCharArray(), whole);
    whole.cancel();
    assertThatThrownBy(() -> ahead.during(KeyAheadTest::untilStopped))
        .isInstanceOf(Cancellation.Cancelled.class);
  }

  @Test
  void troubleWithTheWorkIsTold() {
    KeyAhead ahead = KeyAhead.open(folder.resolve("lab.key"), PASSWORD, whole);
    assertThatThrownBy(() ->
            ahead.during(cancellation -> {
              throw Problem.usage("It exists already.", "Choose another name.");
            }))
        .hasMessage("It exists already.");
  }

  private static Object untilStopped(Cancellation cancellation) throws IOException {
    while (true) {
      cancellation.check();
      Thread.onSpinWait();
    }
  }
}
