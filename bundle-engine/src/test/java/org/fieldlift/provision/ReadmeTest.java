package org.fieldlift.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fieldlift.drive.Likeness;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.release.Release;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final PlannedDrive DRIVE =
      new PlannedDrive(
          Path.of("drive.img"),
          64_000_000,
          512,
          "FL-7K3QX2",
          "set",
          1,
          1,
          new DriveLook.Now.Blank(),
          new Likeness("", Optional.empty()),
          List.of(),
          0,
          0);

  @Test
  void aDeviceIsCalledByAsMuchAsIsKnownOfIt() {
    assertThat(text(Release.Kind.FORKLIFT_BUNDLE).lines())
        .contains(
            "    SCOPE-17  Deck microscope, RV Meridian",
            "    SCOPE-18  RV Meridian",
            "    SCOPE-19  Deck microscope",
            "    SCOPE-20");
  }

  /// An import refuses a single file, whatever a person tries.
  @Test
  void nobodyIsToldToImportWhatForkliftCannotTake() {
    String importing = "fieldlift stage import-bundle DRIVE";
    assertThat(text(Release.Kind.FILE)).contains("sh import.sh").doesNotContain("import-bundle");
    assertThat(text(Release.Kind.FORKLIFT_BUNDLE)).contains("sh import.sh", importing);
    assertThat(text(Release.Kind.FILE, Release.Kind.FORKLIFT_BUNDLE)).contains(importing);
  }

  private static String text(Release.Kind... kinds) {
    return Readme.text(
        DRIVE,
        List.of(DRIVE),
        "Lab laptop 2",
        Stream.of(kinds).map(ReadmeTest::release).toList(),
        List.of(
            new Device("SCOPE-17", "Deck microscope", "RV Meridian", "", ""),
            new Device("SCOPE-18", "", "RV Meridian", "", ""),
            new Device("SCOPE-19", "Deck microscope", "", "", ""),
            new Device("SCOPE-20", "", "", "", "")),
        Instant.EPOCH);
  }

  private static Release release(Release.Kind kind) {
    return new Release(
        kind,
        "lab/scope",
        "1",
        true,
        1,
        "any",
        Instant.EPOCH,
        null,
        List.of(),
        List.of(),
        List.of(),
        null);
  }
}
