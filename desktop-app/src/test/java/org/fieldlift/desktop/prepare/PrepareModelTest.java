package org.fieldlift.desktop.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.fieldlift.desktop.FakeEngine;
import org.fieldlift.desktop.OnTheSpot;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Trouble;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.engine.DriveDesk.Tile;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.Problem;
import org.fieldlift.provision.Plan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrepareModelTest {
  private final FakeEngine lab = FakeEngine.lab();
  private final OnTheSpot background = new OnTheSpot();
  private final Words words = new Words(Locale.UK, Clock.systemUTC());
  private final ObservableList<Tile> tiles = FXCollections.observableArrayList();
  private final List<String> begun = new ArrayList<>();
  private final PrepareModel model =
      new PrepareModel(
          lab, background, words, tiles, (plan, writing, cancellation, what) -> begun.add(what));

  @BeforeEach
  void plugIn() {
    tiles.setAll(lab.drives.tiles);
  }

  private PlanOrder lastOrder() {
    return lab.drives.orders.getLast();
  }

  @Test
  void onlyGenuineReleasesOfThisStationAreOffered() {
    model.refresh();
    assertThat(model.releases().all().stream().map(choice -> choice.value().label()))
        .containsExactly("2026.1.1", "2026.1.1", "2026.1.0", "2026.1.0", "2025.4.2", "7.2");
  }

  @Test
  void drivesWithForeignFilesAreNotChosenUnlessAPersonChoosesThem() {
    assertThat(model.drives().chosen().stream().map(Tile::path))
        .containsExactly(Path.of("/dev/sdb"), Path.of("/dev/sdc"), Path.of("/dev/sde"));
  }

  @Test
  void anotherDriveInTheSamePortIsNotChosenBecauseTheOneBeforeWas() {
    Tile was = tiles.getFirst();
    tiles.set(
        0, new Tile(was.path(), false, "", was.size(), 1, Holds.FOREIGN, "", "Holds 3 files."));
    assertThat(model.drives().chosen().stream().map(Tile::path))
        .containsExactly(Path.of("/dev/sdc"), Path.of("/dev/sde"));
  }

  @Test
  void whatWasChosenOnTheReleasesPageIsPlannedAtOnce() {
    model.startWith(lab.releases.rows.getFirst());
    assertThat(lastOrder().releases()).containsExactly(lab.releases.rows.getFirst().id().hex());
    assertThat(model.open().get()).isEqualTo(PrepareModel.Section.WHOM);
    assertThat(model.plan().get().map(Plan::drivesUsed)).contains(1L);
  }

  @Test
  void choicesSurviveAnotherLookAtTheEngine() {
    model.startWith(lab.releases.rows.getFirst());
    model.devices().choose(row -> row.device().site().equals("RV Meridian"));
    model.refresh();
    assertThat(model.releases().chosen()).hasSize(1);
    assertThat(lastOrder().devices()).hasSize(9).contains("scope-01");
  }

  @Test
  void aPlanThatComesLateDoesNotCoverANewerOne() {
    model.startWith(lab.releases.rows.getFirst());
    background.hold();
    model.releases().all().get(5).chosen().set(true);
    model.releases().all().get(5).chosen().set(false);
    background.letGo();
    assertThat(model.plan().get().map(plan -> plan.releases().size())).contains(1);
  }

  @Test
  void withoutDrivesNothingIsAsked() {
    tiles.clear();
    model.startWith(lab.releases.rows.getFirst());
    assertThat(lab.drives.orders).isEmpty();
    assertThat(model.plan().get()).isEmpty();
  }

  @Test
  void whatFindsNoRoomIsNotWritten() {
    model.startWith(lab.releases.rows.getFirst());
    model.releases().choose(_ -> true);
    assertThat(model.plan().get().map(Plan::fits)).contains(false);
    model.write(model.plan().get().orElseThrow(), "");
    assertThat(lab.drives.written).isEmpty();
  }

  @Test
  void writingHandsTheJobToTheLanes() {
    model.startWith(lab.releases.rows.getFirst());
    model.write(model.plan().get().orElseThrow(), "");
    assertThat(lab.drives.written).hasSize(1);
    assertThat(begun).containsExactly("Microscope 2026.1.1");
    assertThat(model.starting().get()).isFalse();
  }

  @Test
  void anExpiredReleaseIsNotPlannedUntilThePersonSaysWhy() {
    Row expired = lab.releases.expire(5, "2026-04-30");
    model.startWith(expired);
    assertThat(model.objection().get())
        .contains("Microscope 2025.4.2 has been expired since 30 Apr 2026; devices refuse it.");
    assertThat(lab.drives.orders).isEmpty();
    assertThat(model.trouble().get()).isEmpty();
    model.say("  the reef station has a clock of its own ");
    assertThat(model.objection().get()).isEmpty();
    assertThat(lastOrder().allowOlder()).isTrue();
    assertThat(lastOrder().reason()).isEqualTo("the reef station has a clock of its own");
    model.write(model.plan().get().orElseThrow(), model.why());
    assertThat(lab.drives.reasons).containsExactly("the reef station has a clock of its own");
  }

  @Test
  void whatWasSaidForOneChoiceDoesNotHoldForAnother() {
    model.startWith(lab.releases.expire(5, "2026-04-30"));
    model.say("for the museum");
    model.devices().choose(row -> row.device().id().equals("scope-14"));
    assertThat(model.why()).isEmpty();
    assertThat(model.saidLast()).isEqualTo("for the museum");
    assertThat(model.objection().get()).isPresent();
    assertThat(model.plan().get()).isEmpty();
  }

  @Test
  void aRefusalThatAReasonLiftsIsAnObjectionInsteadOfATrouble() {
    lab.drives.refusal = Optional.of("scope-14 has a newer release.");
    model.startWith(lab.releases.rows.getFirst());
    assertThat(model.objection().get()).contains("scope-14 has a newer release.");
    assertThat(model.trouble().get()).isEmpty();
    model.say("the new one does not focus");
    assertThat(model.plan().get()).isPresent();
  }

  @Test
  void troubleIsGoneWithTheChoiceItWasAbout() {
    lab.drives.planFailure =
        Optional.of(Problem.drive("FL-7K3QX2 was pulled out.", "Plug it in again."));
    model.startWith(lab.releases.rows.getFirst());
    model.releases().choose(_ -> false);
    assertThat(model.trouble().get()).isEmpty();
  }

  @Test
  void aPlanForAnEarlierChoiceIsMarkedAsSuch() {
    model.startWith(lab.releases.rows.getFirst());
    assertThat(model.planning().get()).isFalse();
    background.hold();
    model.releases().all().get(1).chosen().set(true);
    assertThat(model.planning().get()).isTrue();
    background.letGo();
    assertThat(model.planning().get()).isFalse();
  }

  @Test
  void whatWouldBeLostIsNamed() {
    model.drives().choose(tile -> tile.path().equals(Path.of("/dev/sdd")));
    model.startWith(lab.releases.rows.getFirst());
    Split.Bar bar = Split.of(model.plan().get(), List.copyOf(tiles), words).bars().get(2);
    assertThat(bar.isForeign()).isTrue();
    assertThat(bar.lost())
        .isEqualTo("“PHOTOS”: reef-001.jpg, reef-002.jpg, reef-003.jpg and 211 more");
  }

  @Test
  void anEngineThatRefusesIsHeard() {
    lab.drives.planFailure =
        Optional.of(Problem.drive("FL-7K3QX2 was pulled out.", "Plug it in again."));
    model.startWith(lab.releases.rows.getFirst());
    assertThat(model.trouble().get())
        .contains(new Trouble("FL-7K3QX2 was pulled out.", "Plug it in again."));
    assertThat(model.plan().get()).isEmpty();
  }

  @Test
  void thePictureShowsWhichShareOfADriveEachReleaseTakes() {
    model.startWith(lab.releases.rows.getFirst());
    model.releases().all().get(1).chosen().set(true);
    Split split = Split.of(model.plan().get(), List.copyOf(tiles), words);
    assertThat(split.legend()).containsExactly("Microscope, arm64", "Microscope, arm/v7");
    Split.Bar first = split.bars().getFirst();
    assertThat(first.blocks().stream().map(Split.Block::sign)).containsExactly("A", "B");
    assertThat(first.blocks().getFirst().words()).isEqualTo("11.8");
    assertThat(first.blocks().getLast().words()).isEqualTo("4.1 of 9.4");
    assertThat(split.bars().get(2).isUsed()).isFalse();
    assertThat(split.largest()).isEqualTo(64_000_000_000L);
  }

  @Test
  void startingOverForgetsReleasesAndDevices() {
    model.startWith(lab.releases.rows.getFirst());
    model.startOver();
    assertThat(model.releases().chosen()).isEmpty();
    assertThat(model.plan().get()).isEmpty();
  }
}
