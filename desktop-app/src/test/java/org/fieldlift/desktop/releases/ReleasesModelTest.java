package org.fieldlift.desktop.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.fieldlift.desktop.FakeEngine;
import org.fieldlift.desktop.FakeReleases;
import org.fieldlift.desktop.OnTheSpot;
import org.fieldlift.desktop.releases.ReleasesModel.Entry;
import org.fieldlift.desktop.releases.ReleasesModel.Product;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Activities;
import org.fieldlift.desktop.work.Trouble;
import org.fieldlift.engine.ReleaseDesk.Detail;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.engine.ReleaseDesk.Where;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

class ReleasesModelTest {
  private final FakeEngine lab = FakeEngine.lab();
  private final OnTheSpot background = new OnTheSpot();
  private final Activities activities = new Activities();
  private final Words words =
      new Words(Locale.UK, Clock.fixed(Instant.parse("2026-05-26T10:00:00Z"), ZoneOffset.UTC));
  private final ReleasesModel model = new ReleasesModel(lab, background, words, activities);
  private final List<Row> prepared = new ArrayList<>();
  private final DetailModel detail =
      new DetailModel(
          lab,
          background,
          model,
          new Fetches(lab, background, words, activities, new AtomicLong()::get),
          prepared::add);

  private void choose(int release) {
    model.chosen().set(Optional.of(lab.releases.rows.get(release)));
  }

  @Test
  void releasesStandUnderTheirProducts() {
    model.refresh();
    assertThat(model.lines()).hasSize(13);
    assertThat(model.lines().getFirst())
        .isEqualTo(new Product("Microscope", FakeReleases.MICROSCOPE));
    assertThat(model.lines().get(8)).isEqualTo(new Product("Species Atlas", FakeReleases.ATLAS));
    assertThat(model.lines().get(4)).isEqualTo(new Entry(lab.releases.rows.get(3), 2));
  }

  @Test
  void theSearchFindsProductsVersionsAndPlatforms() {
    model.refresh();
    model.query().set("ATLAS");
    assertThat(model.lines()).hasSize(5);
    model.query().set("arm/v7");
    assertThat(model.lines()).hasSize(3);
    model.query().set("nothing like it");
    assertThat(model.lines()).isEmpty();
  }

  @Test
  void aSearchDoesNotChangeWhatIsChosen() {
    model.refresh();
    choose(3);
    model.query().set("atlas");
    model.query().set("");
    assertThat(model.chosen().get()).contains(lab.releases.rows.get(3));
  }

  @Test
  void aGenuineReleaseHereCanBePrepared() {
    model.refresh();
    assertThat(DetailModel.way(model.rows().getFirst())).isEqualTo(DetailModel.Way.PREPARE);
    detail.prepare();
    assertThat(prepared).containsExactly(model.rows().getFirst());
  }

  @Test
  void aReleaseThatIsNotGenuineHasNoWayOn() {
    assertThat(DetailModel.way(lab.releases.rows.get(2))).isEqualTo(DetailModel.Way.NONE);
  }

  @Test
  void whatChangesIsComparedWithTheNewestOlderGenuineRelease() {
    model.refresh();
    assertThat(detail.detail().get().map(Detail::parts)).contains(38);
    assertThat(detail.comparedWith().get().map(Row::label)).contains("2026.1.0");
    Changes changes = detail.changes().get().orElseThrow();
    assertThat(changes.apps())
        .containsExactly(
            new Changes.Changed("camera-service", "2.4", "2.5"),
            new Changes.Added("focus-stacker", "1.0"),
            new Changes.Removed("legacy-viewer", "0.9"),
            new Changes.Changed("segmenter", "3.1", "3.2"));
    assertThat(changes.newImages()).isEqualTo(3);
    assertThat(changes.newDownloads()).isEqualTo(1);
  }

  @Test
  void anAnswerThatComesLateDoesNotCoverAnotherRelease() {
    model.refresh();
    background.hold();
    choose(3);
    choose(5);
    background.letGo();
    assertThat(detail.detail().get().map(found -> found.row().label())).contains("2025.4.2");
  }

  @Test
  void aFetchedReleaseIsHereAndStaysChosen() {
    model.refresh();
    choose(7);
    assertThat(DetailModel.way(model.chosen().get().orElseThrow()))
        .isEqualTo(DetailModel.Way.FETCH);
    background.hold();
    detail.fetch();
    assertThat(detail.fetchLook().get()).isPresent();
    assertThat(activities.words().get()).isEqualTo("Fetching Species Atlas 7.3, 0%");
    background.letGo();
    detail.look();
    assertThat(detail.fetchLook().get()).isEmpty();
    assertThat(activities.words().get()).isEmpty();
    assertThat(model.chosen().get().map(Row::where)).contains(Where.HERE);
  }

  @Test
  void whatIsRemarkedAboutAFetchIsToldUntilItIsPutAside() {
    lab.releases.fetchRemarks = List.of("7.3 is valid for 4 days more.");
    model.refresh();
    choose(7);
    detail.fetch();
    assertThat(model.remarks().get()).containsExactly("7.3 is valid for 4 days more.");
    assertThat(model.trouble().get()).isEmpty();
    assertThat(model.chosen().get().map(Row::where)).contains(Where.HERE);
    model.lookForNew();
    assertThat(model.remarks().get()).isEmpty();
  }

  @Test
  void aFetchThatFailsSaysWhatAndWhatNext() {
    lab.releases.fetchFailure =
        Optional.of(Problem.notGenuine("7.3 is not genuine.", "Ask who published it."));
    model.refresh();
    choose(7);
    detail.fetch();
    assertThat(model.trouble().get())
        .contains(new Trouble("7.3 is not genuine.", "Ask who published it."));
  }

  @Test
  void aFetchThatIsStoppedIsNoTrouble() {
    model.refresh();
    choose(7);
    background.hold();
    detail.fetch();
    detail.stopFetch();
    background.letGo();
    assertThat(model.trouble().get()).isEmpty();
    assertThat(model.chosen().get().map(Row::where)).contains(Where.AT_SOURCE);
  }

  @Test
  void sourcesThatDoNotAnswerAreANotice() {
    lab.releases.unreached = List.of("The source Lab server does not answer.");
    model.lookForNew();
    assertThat(model.trouble().get().map(Trouble::what))
        .contains("The source Lab server does not answer.");
    assertThat(model.lines()).isNotEmpty();
    assertThat(model.looking().get()).isFalse();
  }

  @Test
  void sourcesAreAskedOnceHoweverOftenTheButtonIsPressed() {
    background.hold();
    model.lookForNew();
    model.lookForNew();
    background.letGo();
    assertThat(lab.releases.looks).isEqualTo(1);
  }
}
