package org.fieldlift.forklift.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlSecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "url: http://o'bob:s3cret@e.org/x | url: http://e.org/x",
        "url: 'http://o''bob:s3cret@e.org/x' | url: 'http://e.org/x'",
        "url: \"http://o'bob:s3cret@e.org/x\" | url: \"http://e.org/x\"",
        "{url: 'https://me:s3cret@e.org/é𝄞', b: 1} | {url: 'https://e.org/é𝄞', b: 1}",
        "𝄞: [https://me:s3cret@e.org, 'x'] | 𝄞: [https://e.org, 'x']",
        "a: 1 # was https://me:s3cret@e.org | a: 1 # was https://e.org",
        "`a: &b # https://me:s3cret@e.org\n  c` | `a: &b # https://e.org\n  c`",
      })
  void userAndPasswordGoAndTheRestStaysAsItIsWritten(String before, String after) {
    YamlSecrets secrets = YamlSecrets.of(before.getBytes(UTF_8));
    assertThat(secrets.credentials()).isTrue();
    assertThat(secrets.stripped()).get().isEqualTo(after.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "['https://e.org','me@e.org']",
        "{'https://e.org':'me@e.org'}",
        "a: https://e.org\nb: me@e.org",
      })
  void twoTextsAreNotOneAddress(String yaml) {
    assertThat(YamlSecrets.of(yaml.getBytes(UTF_8)).credentials()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url: \"https:\\/\\/me:s3cret\\u0040e.org\"",
        "url: \"https://me:\\\n  s3cret@e.org\"",
        "no yaml: [\nurl: https://me:s3cret@e.org",
      })
  void whatCannotBeTakenOutSafelyIsToldOfAndStays(String yaml) {
    YamlSecrets secrets = YamlSecrets.of(yaml.getBytes(UTF_8));
    assertThat(secrets.credentials()).isTrue();
    assertThat(secrets.stripped()).isEmpty();
  }

  @Test
  void aFileInAnotherEncodingIsSearchedAllTheSame() {
    byte[] latin = "url: 'https://me:s3cret@e.org/é?token=x'".getBytes(ISO_8859_1);
    YamlSecrets secrets = YamlSecrets.of(latin);
    assertThat(secrets.credentials()).isTrue();
    assertThat(secrets.tokens()).containsExactly("token");
    assertThat(secrets.stripped()).isEmpty();
  }

  @Test
  void aTokenStaysInTheFile() {
    byte[] yaml = "url: https://me:x@e.org/a?private_token=s3cret".getBytes(UTF_8);
    YamlSecrets secrets = YamlSecrets.of(yaml);
    assertThat(secrets.tokens()).containsExactly("private_token");
    assertThat(new String(secrets.stripped().orElseThrow(), UTF_8))
        .isEqualTo("url: https://e.org/a?private_token=s3cret");
  }
}
