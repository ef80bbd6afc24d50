package org.fieldlift.desktop.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.fieldlift.desktop.FakeEngine;
import org.fieldlift.desktop.FakeReleases;
import org.fieldlift.desktop.OnTheSpot;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.desktop.work.Trouble;
import org.fieldlift.engine.FleetDesk.Format;
import org.fieldlift.ledger.State.Device;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestModelTest {
  private final FakeEngine lab = FakeEngine.lab();
  private final ManifestModel model =
      new ManifestModel(
          lab,
          new OnTheSpot(),
          new Words(Locale.UK, Clock.fixed(FakeReleases.day("2026-05-26"), ZoneOffset.UTC)));

  @BeforeEach
  void ask() {
    model.refresh();
  }

  @Test
  void everyDeviceAnswersTheOpenQuestion() {
    assertThat(model.rows()).hasSize(60);
    assertThat(model.sites()).hasSize(7).contains("RV Meridian");
    assertThat(model.rows().get(13).has()).isEqualTo("Microscope 2025.4.2");
    assertThat(model.rows().get(13).sure()).isEqualTo("Proven, running");
    assertThat(model.rows().get(13).since()).isEqualTo("18 May 2026");
    assertThat(model.rows().get(13).drive()).isEqualTo("FL-4XKD7N");
    assertThat(model.rows().getLast().has()).isEqualTo("Nothing yet");
  }

  @Test
  void releaseAndSiteNarrowTheAnswer() {
    model.site().set(Optional.of("Station North"));
    assertThat(model.rows()).hasSize(10);
    model
        .release()
        .set(
            model.releases().stream()
                .filter(asked -> asked.name().equals("Microscope 2025.4.2"))
                .findFirst());
    assertThat(model.rows()).extracting(DeviceRow::device).containsExactly("scope-14");
    assertThat(model.devices()).isEqualTo(60);
    model.site().set(Optional.empty());
    model.release().set(Optional.empty());
    assertThat(model.rows()).hasSize(60);
  }

  @Test
  void theWholeManifestIsExported(@TempDir Path folder) throws IOException {
    model.site().set(Optional.of("Workshop"));
    Path file = folder.resolve("manifest.csv");
    model.export(Format.CSV, file);
    assertThat(Files.readAllLines(file)).hasSize(61).startsWith("CSV", "scope-01");
    assertThat(model.news().get()).isEqualTo("manifest.csv was written.");
  }

  @Test
  void aFileThatCannotBeWrittenIsToldInWords(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("a file")).resolve("manifest.csv");
    model.export(Format.CSV, file);
    assertThat(model.trouble().get().map(Trouble::what))
        .hasValueSatisfying(what -> assertThat(what).startsWith("There is a file at "));
  }

  @Test
  void aDeviceThatIsAddedIsThere() {
    model.add(new Device("scope-61", "Spare", "Workshop", "linux/arm64", ""));
    assertThat(model.rows()).hasSize(61);
    assertThat(model.news().get()).isEqualTo("scope-61 was added.");
    model.add(new Device("scope-61", "Twin", "Workshop", "linux/arm64", ""));
    assertThat(model.trouble().get().map(Trouble::next)).contains("Choose another short name.");
  }

  @Test
  void aListWithAFaultIsToldWithItsLine() {
    model.importFrom(Path.of("devices.csv"));
    assertThat(model.trouble().get().map(Trouble::what))
        .contains("Line 3 of devices.csv has no id.");
  }
}
