package org.fieldlift.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.fieldlift.io.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {
  @ParameterizedTest
  @CsvSource({
    "https://h/a/b, c, https://h/a/c",
    "https://h/a, /c, https://h/c",
    "https://h/a, https://cdn/x?sig=1, https://cdn/x?sig=1",
    "http://h/a, https://h/a, https://h/a",
    "http://h/a, http://cdn/a, http://cdn/a",
    "HTTP://h/a, http://cdn/a, http://cdn/a",
  })
  void aRedirectLeadsOnOrUp(URI from, String location, URI to) throws Problem {
    assertThat(HttpGet.redirect(from, location)).isEqualTo(to);
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a, http://h/a",
    "https://h/a, HTTP://h/a",
    "http://h/a, file:///etc/passwd",
    "https://h/a, jar:https://h/x!/y",
    "https://h/a, https:///a",
    "https://h/a, 'https://h/a b'",
  })
  void butNeverIntoTheOpenOrElsewhere(URI from, String location) {
    assertThatThrownBy(() -> HttpGet.redirect(from, location))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("not safe to follow");
  }
}
