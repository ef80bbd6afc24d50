package org.fieldlift.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.fieldlift.drive.Likeness;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void aDeviceIsCalledByAsMuchAsIsKnownOfIt() {
    PlannedDrive drive =
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
    String text =
        Readme.text(
            drive,
            List.of(drive),
            "Lab laptop 2",
            List.of(),
            List.of(
                new Device("SCOPE-17", "Deck microscope", "RV Meridian", "", ""),
                new Device("SCOPE-18", "", "RV Meridian", "", ""),
                new Device("SCOPE-19", "Deck microscope", "", "", ""),
                new Device("SCOPE-20", "", "", "", "")),
            Instant.EPOCH);
    assertThat(text.lines())
        .contains(
            "    SCOPE-17  Deck microscope, RV Meridian",
            "    SCOPE-18  RV Meridian",
            "    SCOPE-19  Deck microscope",
            "    SCOPE-20");
  }
}
