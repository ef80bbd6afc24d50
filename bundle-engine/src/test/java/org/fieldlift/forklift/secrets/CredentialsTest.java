package org.fieldlift.forklift.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.fieldlift.forklift.GoUrl;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  @ParameterizedTest
  @CsvSource({
    "https://me:secret@e.org/x, https://e.org/x",
    "https://me@e.org/x, https://e.org/x",
    "http://o'bob:secret@e.org/x, http://e.org/x",
    "HTTPS://a:b@c@e.org?x, HTTPS://e.org?x",
    "ssh://me:secret@e.org/x, ssh://e.org/x",
    "ssh://git@e.org/x, ssh://git@e.org/x",
    "https://e.org/x@y, https://e.org/x@y",
    "https://e.org?x=a@b, https://e.org?x=a@b",
    "https://e.org#a@b, https://e.org#a@b",
  })
  void theUserPartOfAnAddressIsTakenOut(String address, String without) {
    assertThat(Credentials.removed(address)).isEqualTo(without);
    assertThat(Credentials.areIn(address)).isEqualTo(!address.equals(without));
  }

  /// Whatever Forklift would send to a server is found.
  @Property
  void whateverGoTakesForAUserIsFound(
      @ForAll
          @StringLength(min = 1, max = 20)
          @Chars({'a', 'Z', '9', '\'', ':', '@', '$', '%', ',', '~'})
          String user)
      throws Problem {
    String address = "http://" + user.replace("%", "%41") + "@e.org/x";
    GoUrl url = GoUrl.parse(address);
    assertThat(Credentials.areIn(address)).isTrue();
    assertThat(Credentials.removed(address)).isEqualTo(url.withoutCredentials());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "private_token",
        "access_token",
        "accessToken",
        "auth-token",
        "sig",
        "signature",
        "key",
        "api_key",
        "apikey",
        "X-Amz-Signature",
        "x-amz-credential",
        "X-Goog-Signature",
        "AWSAccessKeyId",
        "GoogleAccessId",
        "password",
        "client_secret",
        "jwt",
        "Key-Pair-Key"
      })
  void aTokenInAQueryIsToldByItsName(String name) {
    for (String query : new String[] {"?", "?v=1&", "?v=1;", "?v=1#"}) {
      String address = "https://e.org/x" + query + name + "=s3cret&y=2";
      assertThat(Credentials.tokenNames("from " + address + " on")).containsExactly(name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://e.org/x?arch=arm64&v=1",
        "https://e.org/x?monkey=1&turkey=2&keyboard=de&tokens=3",
        "https://e.org/token=1",
        "https://e.org/x?token=",
        "?token=1",
        "https://e.org/x ?token=1",
      })
  void otherQueriesAreNoTokens(String address) {
    assertThat(Credentials.tokensAreIn(address)).isFalse();
  }

  @Test
  void aTextOfAnyLengthAndKindIsReadInTime() throws IOException {
    for (String hostile : new String[] {"a", "a.", "a://", "://", "x://y?", "?key=", "@", "a&"}) {
      String text = "x://y?" + hostile.repeat(300_000);
      assertThat(copied(text).length()).isLessThanOrEqualTo(text.length());
    }
  }

  @Property(tries = 50)
  void inAStreamItIsFoundWhereverItLies(@ForAll @IntRange(max = 200_000) int before)
      throws IOException {
    String text =
        "x\n".repeat(before / 2) + " from https://me:s3cret@e.org/a?token=s3cret&b=1 on\n";
    String more = text + "y ".repeat(40_000) + text;
    assertThat(copied(more))
        .isEqualTo(more.replace("me:s3cret@", "").replace("token=s3cret", "token="));
  }

  private static String copied(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Credentials.copy(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), out);
    return out.toString(ISO_8859_1);
  }
}
