package org.fieldlift.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.Fact.Sureness;
import org.junit.jupiter.api.Test;

class FactJsonTest {

  @Property(tries = 200)
  void readingIsTheReverseOfWriting(@ForAll("facts") Fact fact) throws Problem {
    assertThat(read(FactJson.type(fact), FactJson.write(fact))).isEqualTo(fact);
  }

  @Test
  void everyTypeHasItsFixedForm() throws Problem {
    String digest = Samples.OLD.hex();
    assertThat(FactJson.write(Samples.drive("FL-7K3QX2", "s1", "A", "B")))
        .isEqualTo(
            "{\"drive\":\"FL-7K3QX2\",\"set\":\"s1\",\"number\":1,\"of\":1,\"size\":64000000000,"
                + "\"written\":5,\"releases\":[\""
                + digest
                + "\"],\"devices\":[\"A\",\"B\"]}");
    assertThat(FactJson.write(Samples.move("d1", DeliveryState.ROLLED_BACK, Sureness.PROVEN)))
        .isEqualTo(
            "{\"delivery\":\"d1\",\"state\":\"rolled-back\",\"sureness\":\"proven\",\"why\":\"\"}");
    assertThat(FactJson.write(Samples.plan("d1", "A", Samples.OLD)))
        .isEqualTo(
            "{\"delivery\":\"d1\",\"device\":\"A\",\"release\":\""
                + digest
                + "\",\"set\":\"set-d1\"}");
    assertThat(FactJson.write(new Fact.DriveFailed("", "", "pulled", "at 3 %")))
        .isEqualTo("{\"drive\":\"\",\"set\":\"\",\"fault\":\"pulled\",\"why\":\"at 3 %\"}");
    assertThat(FactJson.write(Samples.release(Samples.OLD, "v1")))
        .isEqualTo(
            "{\"release\":\""
                + digest
                + "\",\"product\":\"github.com/PlanktoScope/pallet-standard\",\"version\":\"v1\","
                + "\"platform\":\"linux/arm64\",\"sequence\":7,\"verdict\":\"genuine\"}");
  }

  @Test
  void typeNamesStayAsTheyAre() {
    assertThat(
            List.of(
                FactJson.type(new Fact.StationOpened("")),
                FactJson.type(Samples.device("A")),
                FactJson.type(new Fact.DeviceAssigned("A", "")),
                FactJson.type(Samples.release(Samples.OLD, "")),
                FactJson.type(Samples.drive("FL", "s")),
                FactJson.type(new Fact.DriveFailed("", "", "", "")),
                FactJson.type(Samples.plan("d", "A", Samples.OLD)),
                FactJson.type(Samples.move("d", DeliveryState.LOST, Sureness.ASSUMED))))
        .containsExactly(
            "station-opened",
            "device-added",
            "device-assigned",
            "release-admitted",
            "drive-written",
            "drive-failed",
            "delivery-planned",
            "delivery-moved");
  }

  @Test
  void whatWouldNotBeFoundAgainOrMakesNoSenseIsRefused() {
    List<Fact> facts =
        List.of(
            Samples.device(" "),
            Samples.device("A", "half \ud83d"),
            new Fact.DeviceAssigned("A", "x".repeat(257)),
            new Fact.DeliveryMoved("d", DeliveryState.FAILED, Sureness.PROVEN, "x".repeat(16_385)),
            new Fact.DriveWritten("FL", "s", 0, 1, 1, 1, List.of(), List.of()),
            new Fact.DriveWritten("FL", "s", 3, 2, 1, 1, List.of(), List.of()),
            new Fact.DriveWritten("FL", "s", 1, 1, -1, 1, List.of(), List.of()),
            new Fact.DriveWritten(
                "FL", "s", 1, 1, 1, 1, List.of(), java.util.Collections.nCopies(1001, "A")));
    for (Fact fact : facts) {
      assertThatThrownBy(() -> FactJson.write(fact))
          .as(fact.toString())
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE));
    }
  }

  @Test
  void numbersAndWordsThatAreNoneAreRefused() {
    List<String> moves =
        List.of(
            "{\"delivery\":\"d\",\"state\":\"flying\",\"sureness\":\"proven\",\"why\":\"\"}",
            "{\"delivery\":\"d\",\"state\":\"ROLLED_BACK\",\"sureness\":\"proven\",\"why\":\"\"}",
            "{\"delivery\":\"d\",\"state\":\"lost\",\"sureness\":1,\"why\":\"\"}");
    for (String body : moves) {
      assertThatThrownBy(() -> read("delivery-moved", body)).isInstanceOf(Problem.class);
    }
    String drive =
        "{\"drive\":\"F\",\"set\":\"\",\"number\":4294967297,\"of\":4294967297,\"size\":1,"
            + "\"written\":1,\"releases\":[],\"devices\":[]}";
    assertThatThrownBy(() -> read("drive-written", drive))
        .hasMessageContaining("a small whole number");
    assertThatThrownBy(() -> read("drive-written", drive.replace("[],\"d", "[\"x\"],\"d")))
        .isInstanceOf(Problem.class);
  }

  @Provide
  Arbitrary<Fact> facts() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .ofMaxLength(20)
            .filter(value -> value.equals(new String(utf8(value), StandardCharsets.UTF_8)));
    Arbitrary<String> id = text.filter(value -> !value.isBlank());
    Arbitrary<Digest> digest = Arbitraries.bytes().array(byte[].class).ofSize(4).map(Digest::of);
    return Arbitraries.oneOf(
        Arrays.asList(
            text.map(Fact.StationOpened::new),
            Combinators.combine(id, text, text, text, text).as(Fact.DeviceAdded::new),
            Combinators.combine(id, text).as(Fact.DeviceAssigned::new),
            Combinators.combine(digest, id, id, text, Arbitraries.longs(), text)
                .as(Fact.ReleaseAdmitted::new),
            Combinators.combine(
                    id,
                    text,
                    Arbitraries.integers().between(1, 5),
                    Arbitraries.longs().greaterOrEqual(0),
                    digest.list().ofMaxSize(3),
                    text.list().ofMaxSize(3))
                .as((drive, set, number, size, releases, devices) ->
                    new Fact.DriveWritten(drive, set, number, 5, size, size, releases, devices)),
            Combinators.combine(text, text, text, text).as(Fact.DriveFailed::new),
            Combinators.combine(id, id, digest, text).as(Fact.DeliveryPlanned::new),
            Combinators.combine(
                    id, Arbitraries.of(DeliveryState.class), Arbitraries.of(Sureness.class), text)
                .as(Fact.DeliveryMoved::new)));
  }

  private static Fact read(String type, String body) throws Problem {
    return FactJson.read(type, Fields.read(utf8(body), "body"), body);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
