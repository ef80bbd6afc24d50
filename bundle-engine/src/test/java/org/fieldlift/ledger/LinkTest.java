package org.fieldlift.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fieldlift.ledger.Samples.MORNING;
import static org.fieldlift.ledger.Samples.device;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

class LinkTest {
  private final TestStation station = TestStation.create();
  private final Instant time = Instant.parse(MORNING);
  private final UUID id = EventId.at(time);

  @Test
  void theFirstEventIsWrittenWithItsKeyToTheLetter() throws Problem {
    Link link = Link.sign(id, time, null, new Fact.DeviceAssigned("SCOPE-17", "Brest"), station);
    String unsigned =
        "{\"id\":\"%s\",\"station\":\"%s\",\"time\":\"2026-05-12T08:30:00.000Z\",\"previous\":null,"
                .formatted(id, station.id().hex())
            + "\"key\":\"%s\",\"type\":\"device-assigned\","
                .formatted(Base64.getEncoder().encodeToString(station.publicKey()))
            + "\"body\":{\"device\":\"SCOPE-17\",\"site\":\"Brest\"}";
    byte[] signature = station.sign((unsigned + "}").getBytes(StandardCharsets.UTF_8));
    assertThat(link.line())
        .isEqualTo(
            unsigned + ",\"signature\":\"" + Base64.getEncoder().encodeToString(signature) + "\"}");
    assertThat(link.digest()).isEqualTo(Digest.of(link.line().getBytes(StandardCharsets.UTF_8)));
    assertThat(link.signed()).asString(StandardCharsets.UTF_8).isEqualTo(unsigned + "}");
  }

  @Test
  void aLaterEventNamesTheOneBeforeAndHasNoKey() throws Problem {
    Link link = Link.sign(id, time, Samples.OLD, device("A"), station);
    assertThat(link.line())
        .contains("\"previous\":\"" + Samples.OLD.hex() + "\",\"type\":\"device-added\"");
    assertThat(link.key()).isNull();
  }

  @Test
  void whatWasWrittenIsReadTheSame() throws Problem {
    Link link = Link.sign(id, time, null, device("A", "Gerät \"Æ\" 🦠\u0000\n\u2028"), station);
    Link read = Link.parse(link.line(), "line");
    assertThat(read.event().fact()).isEqualTo(link.event().fact());
    assertThat(read.event().id()).isEqualTo(id);
    assertThat(read.event().time()).isEqualTo(time);
    assertThat(read.digest()).isEqualTo(link.digest());
    assertThat(read.signed()).isEqualTo(link.signed());
  }

  @Test
  void anotherFormOfTheSameEventIsRefused() throws Problem {
    String line = Link.sign(id, time, null, device("Aé"), station).line();
    List<String> others =
        List.of(
            " " + line,
            line + " ",
            line + "\r",
            "\uFEFF" + line,
            line.replace("\"type\":", "\"type\": "),
            line.replace("\"body\":{", "\"body\":{ "),
            line.replace("é", "\\u00e9"),
            line.replace(id.toString(), id.toString().toUpperCase(Locale.ROOT)),
            line.replace(".000Z", "Z"),
            line.replace(".000Z", ".0000001Z"),
            line.replace("2026-", "+12026-"),
            line.replace(station.id().hex(), "sha256:" + station.id().hex()),
            line.replace("==\"}", "\"}"),
            line.replace(",\"signature\"", ",\"note\":1,\"signature\""),
            line.replace("{\"id\"", "{\"note\":1,\"id\""),
            line.replace("\"keeper\":\"Deck lab\"", "\"keeper\":\"Deck lab\",\"phone\":\"1\""),
            line.replace(",\"keeper\":\"Deck lab\"", ""),
            line.replace("\"Deck lab\"", "null"),
            line.replace("\"Deck lab\"", "\"" + "x".repeat(300) + "\""),
            line.replace("\"Deck lab\"", "\"\\ud800\""),
            line.replace("\"type\":\"device-added\"", "\"type\":\"Device Added\""),
            line.replace("\"type\":\"device-added\"", "\"type\":\"" + "a".repeat(65) + "\""),
            line.substring(0, line.length() - 1),
            "[" + line + "]",
            "",
            "{}");
    for (String other : others) {
      assertThat(other).isNotEqualTo(line);
      assertThatThrownBy(() -> Link.parse(other, "Line 1"))
          .as(other)
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_GENUINE))
          .hasMessageStartingWith("Line 1 ");
    }
  }

  @Test
  void anIdOfAnotherTimeOrVersionIsRefused() throws Problem {
    UUID random = UUID.fromString("a1b2c3d4-0000-4000-8000-000000000000");
    for (UUID wrong : List.of(random, EventId.at(time.plusMillis(1)))) {
      String line = Link.sign(wrong, time, null, device("A"), station).line();
      assertThatThrownBy(() -> Link.parse(line, "Line 1"))
          .hasMessageContaining("\"id\" must be of the event's own time");
    }
  }

  @Test
  void aKeyThatIsNotTheStationsIsRefused() throws Problem {
    String mine = Link.sign(id, time, null, device("A"), station).line();
    String key = Base64.getEncoder().encodeToString(station.publicKey());
    String otherKey = Base64.getEncoder().encodeToString(TestStation.create().publicKey());
    assertThatThrownBy(() -> Link.parse(mine.replace(key, otherKey), "Line 1"))
        .hasMessageContaining("\"station\" must be the digest of the key");
    assertThatThrownBy(() -> Link.parse(mine.replace(key, "AAAA"), "Line 1"))
        .hasMessageContaining("\"key\" must be 44 bytes");
  }

  @Test
  void aTypeOfANewerVersionIsKeptByteForByte() throws Problem {
    String body = "{\"device\":\"A\", \"weight\":1.50e3,\"nested\":{\"signature\":\"x\"}}";
    Fact fact = new Fact.Unknown("device-weighed", body);
    Link link = Link.sign(id, time, null, fact, station);
    assertThat(Link.parse(link.line(), "line").event().fact()).isEqualTo(fact);
    assertThat(Link.parse(link.line(), "line").signed()).isEqualTo(link.signed());
  }

  @Test
  void aBodyCannotSmuggleInAFieldOfTheEnvelope() throws Problem {
    Fact fact = new Fact.Unknown("device-weighed", "{},\"extra\":{}");
    String line = Link.sign(id, time, null, fact, station).line();
    assertThatThrownBy(() -> Link.parse(line, "Line 1"))
        .hasMessage("Line 1 is not written as Fieldlift writes events.");
    Fact closing = new Fact.Unknown("device-weighed", "{},\"signature\":\"x\"");
    String twice = Link.sign(id, time, null, closing, station).line();
    assertThatThrownBy(() -> Link.parse(twice, "Line 1")).isInstanceOf(Problem.class);
  }

  @Test
  void anEventTooLongForALineIsRefusedBeforeItIsSignedIntoAChain() {
    List<String> devices = java.util.Collections.nCopies(Fact.MOST_LISTED, "\u0001".repeat(250));
    Fact fact = new Fact.DriveWritten("FL-7K3QX2", "set", 1, 1, 1, 1, List.of(), devices);
    assertThatThrownBy(() -> Link.sign(id, time, null, fact, station))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("too long");
  }
}
