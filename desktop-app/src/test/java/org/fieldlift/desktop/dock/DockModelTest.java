package org.fieldlift.desktop.dock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.fieldlift.desktop.FakeDrives;
import org.fieldlift.desktop.FakeEngine;
import org.fieldlift.desktop.OnTheSpot;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Activities;
import org.fieldlift.engine.DriveDesk.Phase;
import org.junit.jupiter.api.Test;

class DockModelTest {
  private final FakeEngine lab = FakeEngine.lab();
  private final OnTheSpot background = new OnTheSpot();
  private final DockModel model =
      new DockModel(lab, background, new Words(Locale.UK, Clock.systemUTC()), new Activities());

  @Test
  void everyDriveSaysWhatItIsInWords() {
    model.refresh();
    assertThat(model.looks().stream().map(TileLook::words))
        .containsExactly(
            "Ours, holds Microscope 2026.1.0.",
            "Ours, holds Microscope 2026.1.0.",
            "Holds 214 files that are not ours. Writing would erase them.",
            "Ours, holds Microscope 2025.4.2.",
            "Locked. Slide the switch on its edge.");
    assertThat(model.looks().stream().map(TileLook::usable))
        .containsExactly(true, true, true, true, false);
    assertThat(model.looks().get(2).name()).isEqualTo("New drive");
    assertThat(model.looks().get(2).mood()).isEqualTo(Mood.ATTENTION);
  }

  @Test
  void aVirtualDriveComesAndGoes() {
    Path file = Path.of("/tmp/north.img");
    model.addVirtual(file, 16_000_000_000L);
    assertThat(model.looks().getLast().place()).isEqualTo("north.img · Virtual drive");
    assertThat(model.looks().getLast().words()).isEqualTo("Blank, ready to be written.");
    model.forget(file);
    assertThat(model.looks()).hasSize(5);
  }

  @Test
  void aTileFollowsItsLane() {
    model.refresh();
    model.follow(
        List.of(FakeDrives.lane("FL-C2HW8R", Path.of("/dev/sdd"), Phase.CHECKING, 10, 10, 5, "")));
    TileLook tile = model.looks().get(2);
    assertThat(tile.name()).isEqualTo("FL-C2HW8R");
    assertThat(tile.words()).isEqualTo("Checking");
    assertThat(tile.upper()).isEqualTo(0.5);
    model.follow(List.of());
    assertThat(model.looks().get(2).name()).isEqualTo("New drive");
  }

  @Test
  void checkingADriveTellsWhatIsWrong() {
    lab.drives.faults = List.of("Piece 7 of 12 is damaged.");
    model.refresh();
    model.check(model.looks().getFirst());
    DockModel.Checked checked = model.checked().get().orElseThrow();
    assertThat(checked.name()).isEqualTo("FL-7K3QX2");
    assertThat(checked.found().faults()).containsExactly("Piece 7 of 12 is damaged.");
  }

  @Test
  void aLookThatTakesLongIsNotOvertaken() {
    background.hold();
    model.refresh();
    model.refresh();
    background.letGoOnce();
    background.letGo();
    assertThat(model.looks()).hasSize(5);
  }
}
