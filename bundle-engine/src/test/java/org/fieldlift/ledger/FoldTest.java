package org.fieldlift.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fieldlift.ledger.Samples.NEW;
import static org.fieldlift.ledger.Samples.OLD;
import static org.fieldlift.ledger.Samples.device;
import static org.fieldlift.ledger.Samples.drive;
import static org.fieldlift.ledger.Samples.move;
import static org.fieldlift.ledger.Samples.plan;
import static org.fieldlift.ledger.Samples.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.Fact.Sureness;
import org.fieldlift.ledger.State.ManifestRow;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final Digest BREST = Digest.of(new byte[] {10});
  private static final Digest KIEL = Digest.of(new byte[] {11});

  private final List<Event> events = new ArrayList<>();

  /// A station says something at a second.
  private FoldTest at(int second, Digest station, Fact fact) {
    events.add(event(second, station, fact));
    return this;
  }

  private FoldTest moved(int second, DeliveryState state, Sureness sureness) {
    return at(second, BREST, move("d1", state, sureness));
  }

  private FoldTest aDeviceWithAPlan() {
    return at(0, BREST, device("A"))
        .at(1, BREST, release(OLD, "v1"))
        .at(2, BREST, release(NEW, "v2"))
        .at(3, BREST, plan("d1", "A", OLD));
  }

  private State state() {
    return Fold.of(events);
  }

  private State.Delivery delivery() {
    return state().deliveries().getFirst();
  }

  private static Event event(int second, Digest station, Fact fact) {
    Instant time = Instant.ofEpochSecond(1_000_000_000L + second);
    return new Event(EventId.at(time), station, time, null, fact, new byte[0]);
  }

  @Property(tries = 150)
  void theStateDependsOnTheEventsAndNotOnTheirOrder(@ForAll("histories") List<Event> history) {
    State once = Fold.of(history);
    List<Event> shuffled = new ArrayList<>(history);
    for (int seed = 0; seed < 4; seed++) {
      java.util.Collections.shuffle(shuffled, new java.util.Random(seed));
      assertThat(Fold.of(shuffled)).isEqualTo(once);
    }
  }

  @Provide
  Arbitrary<List<Event>> histories() {
    Arbitrary<String> id = Arbitraries.of("A", "B", "C");
    Arbitrary<Digest> release = Arbitraries.of(OLD, NEW);
    Arbitrary<Fact> fact =
        Arbitraries.oneOf(
            List.of(
                Combinators.combine(id, id).as(Samples::device),
                Combinators.combine(id, id).as(Fact.DeviceAssigned::new),
                Combinators.combine(release, id).as(Samples::release),
                Combinators.combine(id, id).as((code, set) -> drive(code, "set-" + set, code)),
                Combinators.combine(id, id, release).as(Samples::plan),
                Combinators.combine(
                        id, Arbitraries.of(DeliveryState.class), Arbitraries.of(Sureness.class))
                    .as(Samples::move)));
    return Combinators.combine(
            Arbitraries.integers().between(0, 20), Arbitraries.of(BREST, KIEL), fact)
        .as(FoldTest::event)
        .list()
        .ofMaxSize(25);
  }

  @Test
  void aPlannedOrVerifiedDeliveryIsOnItsWayButNotHad() {
    aDeviceWithAPlan();
    int second = 5;
    for (DeliveryState state : List.of(DeliveryState.WRITTEN, DeliveryState.VERIFIED)) {
      moved(second++, state, Sureness.ASSUMED);
      ManifestRow row = state().manifest().getFirst();
      assertThat(row.has()).isEmpty();
      assertThat(row.delivery().orElseThrow().state()).isEqualTo(state);
    }
  }

  @Test
  void whatWasHandedOutIsHadUntilSomethingNewerIs() {
    aDeviceWithAPlan()
        .moved(4, DeliveryState.ISSUED, Sureness.ASSUMED)
        .at(5, BREST, plan("d2", "A", NEW));
    ManifestRow row = state().manifest().getFirst();
    assertThat(row.has().orElseThrow().version()).isEqualTo("v1");
    assertThat(row.delivery().orElseThrow().id()).isEqualTo("d2");
    at(6, BREST, move("d2", DeliveryState.RUNNING, Sureness.PROVEN));
    assertThat(state().manifest().getFirst().has().orElseThrow().version()).isEqualTo("v2");
  }

  @Test
  void afterASideExitTheDeviceHasWhatItHadBefore() {
    for (DeliveryState exit : DeliveryState.values()) {
      if (!exit.isSideExit() || exit == DeliveryState.LOST) continue;
      events.clear();
      aDeviceWithAPlan()
          .moved(4, DeliveryState.RUNNING, Sureness.PROVEN)
          .at(5, BREST, plan("d2", "A", NEW))
          .at(6, BREST, move("d2", DeliveryState.IMPORTED, Sureness.CONFIRMED))
          .at(7, BREST, move("d2", exit, Sureness.CONFIRMED));
      ManifestRow row = state().manifest().getFirst();
      assertThat(row.has().orElseThrow().version()).as(exit.name()).isEqualTo("v1");
      assertThat(row.delivery().orElseThrow().id()).isEqualTo("d1");
    }
  }

  @Test
  void aDeviceThatNothingWasDeliveredToHasARowAllTheSame() {
    at(0, BREST, device("B")).at(1, BREST, device("A"));
    assertThat(state().manifest()).extracting(row -> row.device().id()).containsExactly("A", "B");
    assertThat(state().manifest().getFirst().has()).isEmpty();
    assertThat(state().manifest().getFirst().delivery()).isEmpty();
  }

  @Test
  void aReleaseThatNobodyHereAdmittedIsHadByItsDigest() {
    at(0, BREST, device("A")).at(1, BREST, plan("d1", "A", OLD));
    moved(2, DeliveryState.RUNNING, Sureness.PROVEN);
    assertThat(state().manifest().getFirst().has().orElseThrow().id()).isEqualTo(OLD);
  }

  @Test
  void aLateClickDoesNotUndoWhatAReceiptProved() {
    aDeviceWithAPlan()
        .moved(4, DeliveryState.RUNNING, Sureness.PROVEN)
        .moved(5, DeliveryState.ISSUED, Sureness.ASSUMED)
        .moved(6, DeliveryState.LOST, Sureness.REPORTED)
        .moved(7, DeliveryState.RUNNING, Sureness.REPORTED);
    assertThat(delivery().state()).isEqualTo(DeliveryState.RUNNING);
    assertThat(delivery().sureness()).isEqualTo(Sureness.PROVEN);
  }

  @Test
  void aSurerWordForTheSameStateKeepsItsBeginning() {
    aDeviceWithAPlan()
        .moved(4, DeliveryState.RUNNING, Sureness.REPORTED)
        .moved(9, DeliveryState.RUNNING, Sureness.PROVEN);
    assertThat(delivery().sureness()).isEqualTo(Sureness.PROVEN);
    assertThat(delivery().since()).isEqualTo(Instant.ofEpochSecond(1_000_000_004L));
  }

  @Test
  void aMistakenClickIsTakenBackByAnotherAndALostDriveCanTurnUp() {
    aDeviceWithAPlan()
        .moved(4, DeliveryState.ISSUED, Sureness.ASSUMED)
        .moved(5, DeliveryState.VERIFIED, Sureness.ASSUMED);
    assertThat(delivery().state()).isEqualTo(DeliveryState.VERIFIED);
    moved(6, DeliveryState.LOST, Sureness.REPORTED);
    assertThat(delivery().state()).isEqualTo(DeliveryState.LOST);
    moved(7, DeliveryState.IMPORTED, Sureness.CONFIRMED);
    assertThat(delivery().state()).isEqualTo(DeliveryState.IMPORTED);
  }

  @Test
  void aReceiptCollectedByAStationWhoseClockIsBehindCounts() {
    aDeviceWithAPlan().at(-3600, KIEL, move("d1", DeliveryState.RUNNING, Sureness.PROVEN));
    assertThat(delivery().state()).isEqualTo(DeliveryState.RUNNING);
    assertThat(state().conflicts()).isEmpty();
  }

  @Test
  void oneIdForTwoDevicesIsAConflictUntilItIsSettled() {
    at(0, BREST, new Fact.StationOpened("Brest"))
        .at(1, KIEL, new Fact.StationOpened("Kiel\u202e"))
        .at(2, BREST, device("A", "Left"))
        .at(3, KIEL, device("A", "Right"));
    assertThat(state().devices().get("A")).extracting(State.Device::name).isEqualTo("Left");
    assertThat(state().conflicts())
        .containsExactly(
            "Device \"A\" was added twice: as \"Left\", and by Kiel<U+202E> ("
                + KIEL.brief()
                + ") as \"Right\". Add it again to say which is right.");
    at(4, BREST, device("A", "Right"));
    assertThat(state().devices().get("A")).extracting(State.Device::name).isEqualTo("Right");
    assertThat(state().conflicts()).isEmpty();
  }

  @Test
  void twoStationsThatAddTheSameDeviceAgree() {
    at(0, BREST, device("A")).at(1, KIEL, device("A"));
    at(2, KIEL, new Fact.DeviceAssigned("A", "Helgoland"));
    assertThat(state().conflicts()).isEmpty();
    assertThat(state().devices().get("A")).extracting(State.Device::site).isEqualTo("Helgoland");
  }

  @Test
  void twoPlansOfTwoStationsForOneDeviceAreAConflict() {
    aDeviceWithAPlan().at(4, KIEL, plan("d2", "A", NEW));
    assertThat(state().conflicts()).singleElement().asString().contains("two releases on the way");
    moved(5, DeliveryState.SUPERSEDED, Sureness.ASSUMED);
    assertThat(state().conflicts()).isEmpty();
  }

  @Test
  void aDriveWrittenAgainByAnotherStationWhileItCarriesADeliveryIsAConflict() {
    aDeviceWithAPlan()
        .at(4, BREST, drive("FL-7K3QX2", "set-d1", "A"))
        .at(5, KIEL, drive("FL-7K3QX2", "set-other", "B"));
    assertThat(state().conflicts())
        .singleElement()
        .asString()
        .startsWith("Drive \"FL-7K3QX2\" was written again by station " + KIEL.brief());
    assertThat(state().drives().get("FL-7K3QX2"))
        .extracting(State.Drive::set)
        .isEqualTo("set-other");
    moved(6, DeliveryState.IMPORTED, Sureness.CONFIRMED);
    assertThat(state().conflicts()).isEmpty();
  }

  @Test
  void whatADriveCarriedIsNotOnTheWayAnyMoreOnceItIsWrittenAgain() {
    aDeviceWithAPlan()
        .at(4, BREST, drive("FL-7K3QX2", "set-d1", "A"))
        .moved(5, DeliveryState.VERIFIED, Sureness.ASSUMED)
        .at(6, BREST, drive("FL-7K3QX2", "set-other", "B"));
    assertThat(delivery().state()).isEqualTo(DeliveryState.SUPERSEDED);
    assertThat(delivery().why()).isEqualTo("Drive FL-7K3QX2 was written again.");
    assertThat(delivery().since()).isEqualTo(events.getLast().time());
    assertThat(state().manifest().getFirst().delivery()).isEmpty();
    assertThat(state().conflicts()).isEmpty();
  }

  /// A drive comes back and is written for somebody else.
  @Test
  void whatWasHandedOutBeforeTheDriveWasWrittenAgainStays() {
    aDeviceWithAPlan()
        .at(4, BREST, drive("FL-7K3QX2", "set-d1", "A"))
        .moved(5, DeliveryState.ISSUED, Sureness.REPORTED)
        .at(6, BREST, drive("FL-7K3QX2", "set-other", "B"));
    assertThat(delivery().state()).isEqualTo(DeliveryState.ISSUED);
  }

  @Test
  void oneReleaseDescribedInTwoWaysAndOneDeliveryPlannedTwiceAreConflicts() {
    aDeviceWithAPlan()
        .at(4, KIEL, release(OLD, "v9"))
        .at(5, KIEL, plan("d1", "A", NEW))
        .at(6, KIEL, release(NEW, "v2"));
    assertThat(state().conflicts()).hasSize(2);
    assertThat(state().releases().get(OLD)).extracting(State.KnownRelease::version).isEqualTo("v1");
    assertThat(delivery().release()).isEqualTo(OLD);
  }

  @Test
  void factsAboutThingsNobodyKnowsAreNotPassedOverInSilence() {
    at(0, BREST, new Fact.DeviceAssigned("X", "Brest"))
        .at(1, BREST, plan("d1", "Y", OLD))
        .at(2, BREST, move("d2", DeliveryState.RUNNING, Sureness.PROVEN))
        .at(3, BREST, new Fact.DriveFailed("FL", "s", "pulled", ""))
        .at(4, BREST, new Fact.Unknown("device-weighed", "{}"));
    assertThat(state().conflicts())
        .containsExactly(
            "Delivery \"d1\" is for device \"Y\", which no station here has added.",
            "Delivery \"d2\" was reported on, but no station here has planned it.",
            "Device \"X\" was given a site, but no station here has added it.");
  }
}
