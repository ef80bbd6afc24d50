package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.fieldlift.io.Json;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class DsseTest {
  private static final String TYPE = "application/vnd.fieldlift.drive+json";
  private static final byte[] PAYLOAD = "{\"code\":\"7K3QX2\"}".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void theExampleOfTheSpecificationIsEncodedAsThere() {
    byte[] encoded =
        Dsse.preAuthenticationEncoding(
            "http://example.com/HelloWorld", "hello world".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(encoded, StandardCharsets.UTF_8))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  }

  @Test
  void lengthsAreCountedInBytes() {
    byte[] encoded = Dsse.preAuthenticationEncoding("é", "日本".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(encoded, StandardCharsets.UTF_8)).isEqualTo("DSSEv1 2 é 6 日本");
  }

  @Property(tries = 100)
  void differentPairsOfTypeAndPayloadAreNeverEncodedAlike(
      @ForAll String type, @ForAll byte[] payload, @ForAll String other, @ForAll byte[] bytes) {
    boolean same =
        java.util.Arrays.equals(
                type.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))
            && java.util.Arrays.equals(payload, bytes);
    assertThat(
            java.util.Arrays.equals(
                Dsse.preAuthenticationEncoding(type, payload),
                Dsse.preAuthenticationEncoding(other, bytes)))
        .isEqualTo(same);
  }

  @Test
  void anEnvelopeGivesItsPayloadBack() throws Exception {
    StationKey key = StationKey.openOrCreate(folder);
    byte[] envelope = key.envelope(TYPE, PAYLOAD);
    assertThat(Dsse.verify(envelope, TYPE, key.publicKey())).isEqualTo(PAYLOAD);
    ObjectNode json = Json.readObject(envelope, "envelope");
    assertThat(json.get("signatures").get(0).get("keyid").stringValue())
        .isEqualTo(key.fingerprint().hex());
  }

  @Test
  void whateverWasChangedIsFound() throws Exception {
    StationKey key = StationKey.openOrCreate(folder);
    String envelope = new String(key.envelope(TYPE, PAYLOAD), StandardCharsets.UTF_8);
    String other = new String(key.envelope(TYPE, new byte[] {1}), StandardCharsets.UTF_8);
    String payload =
        Json.readObject(envelope.getBytes(StandardCharsets.UTF_8), "e")
            .get("payload")
            .stringValue();
    for (String changed :
        List.of(
            envelope.replace(payload, "e30="),
            envelope.replace(payload, "!"),
            other.replace("AQ==", payload),
            envelope.replace("\"signatures\"", "\"nothing\""),
            envelope.substring(1),
            "{\"payload\":\"e30=\"," + envelope.strip().substring(1))) {
      assertThatThrownBy(
              () -> Dsse.verify(changed.getBytes(StandardCharsets.UTF_8), TYPE, key.publicKey()))
          .as(changed)
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE));
    }
  }

  @Test
  void anotherTypeOrKeyIsRefused() throws Exception {
    StationKey key = StationKey.openOrCreate(folder);
    byte[] envelope = key.envelope(TYPE, PAYLOAD);
    assertThatThrownBy(() -> Dsse.verify(envelope, "text/plain", key.publicKey()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining(TYPE);
    String retyped = new String(envelope, StandardCharsets.UTF_8).replace(TYPE, "text/plain");
    assertThatThrownBy(() ->
            Dsse.verify(retyped.getBytes(StandardCharsets.UTF_8), "text/plain", key.publicKey()))
        .isInstanceOf(Problem.class);
    byte[] stranger = StationKey.openOrCreate(folder.resolve("other")).publicKey();
    assertThatThrownBy(() -> Dsse.verify(envelope, TYPE, stranger)).isInstanceOf(Problem.class);
  }

  @Test
  void anEnvelopeThatNobodyCouldReadIsNotWritten() throws Exception {
    StationKey key = StationKey.openOrCreate(folder);
    assertThatThrownBy(() -> key.envelope(TYPE, new byte[Dsse.LARGEST_PAYLOAD + 1]))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] largest = new byte[Dsse.LARGEST_PAYLOAD];
    assertThat(Dsse.verify(key.envelope(TYPE, largest), TYPE, key.publicKey())).isEqualTo(largest);
  }
}
