package org.fieldlift.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fieldlift.field.ImportPlan.App;
import org.fieldlift.field.ImportPlan.Fate;
import org.fieldlift.field.ImportResult.Refusal;
import org.junit.jupiter.api.Test;

class ForeseenTest extends ImportBench {
  @Test
  void onADeviceThatHasNothingAllIsNewAndNothingIsMade() throws IOException {
    assertThat(plan(genuine()).apps()).containsExactly(new App("net/hosts", Fate.NEW));
    assertThat(plan(genuine()).copy()).isEmpty();
    assertThat(stages).doesNotExist();
  }

  @Test
  void anAppThatTheReleaseLacksWillBeRemoved() throws IOException {
    run(genuine(), true);
    Path other =
        Trees.bundle(
            temporary.resolve("other"),
            """
            forklift-version: v0.8.0-alpha.6
            pallet:
              path: %s
              version: %s
              clean: true
            deploys:
              net/other:
                package: /packages/net/hosts
            """
                .formatted(Trees.PRODUCT, Trees.VERSION));
    var before = Trees.look(stages);
    assertThat(plan(PackedRelease.of(other, description(SEQUENCE + 1), lab)).apps())
        .containsExactly(new App("net/hosts", Fate.REMOVED), new App("net/other", Fate.NEW));
    assertThat(Trees.look(stages)).isEqualTo(before);
  }

  @Test
  void aReleaseThatIsThereIsFoundAgain() throws IOException {
    run(genuine(), false);
    assertThat(plan(genuine()).copy()).contains(1);
  }

  @Test
  void tooLittleRoomIsSaid() throws IOException {
    room = folder -> 1000;
    assertThat(plan(genuine()).lack().orElseThrow()).contains("but only 1 kB is free");
  }

  @Test
  void aReleaseThatIsThereNeedsNoRoom() throws IOException {
    run(genuine(), false);
    room = folder -> 1000;
    assertThat(plan(genuine()).lack()).isEmpty();
    assertThat(run(genuine(), false)).isInstanceOf(ImportResult.AlreadyThere.class);
  }

  @Test
  void aBundleForkliftCouldNotApplyIsRefusedAsTheImportWould() throws IOException {
    Path other = Trees.bundle(temporary.resolve("other"));
    Files.delete(other.resolve("packages/forklift-repository.yml"));
    PackedRelease release = PackedRelease.of(other, description(SEQUENCE), lab);
    assertThat(foresee(release))
        .isInstanceOfSatisfying(
            Foreseen.Refused.class,
            refused -> assertThat(refused.refusal().why()).contains("forklift-repository.yml"));
    assertRefused(release, Refusal.DAMAGED, "forklift-repository.yml");
  }

  @Test
  void whatWouldBeRefusedIsCalledSo() throws IOException {
    PackedRelease damaged = genuine();
    damaged.parts.getFirst()[40] ^= 1;
    assertThat(foresee(damaged))
        .isInstanceOfSatisfying(
            Foreseen.Refused.class,
            refused -> assertThat(refused.refusal().refusal()).isEqualTo(Refusal.DAMAGED));
    run(genuine(), false);
    assertThat(foresee(pack(description(SEQUENCE - 1))))
        .isInstanceOfSatisfying(
            Foreseen.Refused.class,
            refused -> assertThat(refused.refusal().refusal()).isEqualTo(Refusal.OLDER));
  }

  private ImportPlan plan(PackedRelease release) throws IOException {
    Foreseen foreseen = foresee(release);
    assertThat(foreseen).isInstanceOf(ImportPlan.class);
    return (ImportPlan) foreseen;
  }
}
