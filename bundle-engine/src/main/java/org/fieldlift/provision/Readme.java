package org.fieldlift.provision;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fieldlift.io.PlainText;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.provision.Plan.PlannedDrive;
import org.fieldlift.release.Release;

/// The files on a drive that speak to people: what it is, what to do, and a script for devices
/// without Fieldlift.
final class Readme {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Readme() {}

  static String text(
      PlannedDrive drive,
      List<PlannedDrive> set,
      String station,
      List<Release> releases,
      List<Device> devices,
      Instant time) {
    StringBuilder text = new StringBuilder();
    line(text, "This is drive " + drive.code() + ".");
    if (drive.of() > 1) {
      line(text, "");
      line(text, "It is drive " + drive.number() + " of " + drive.of() + " that belong together:");
      for (PlannedDrive other : set) {
        line(text, "    " + other.number() + "  " + other.code());
      }
      line(text, "All of them are needed. Keep them together.");
    }
    line(text, "");
    line(
        text,
        "It was written by " + PlainText.of(station) + " on " + DAY.format(time) + " and holds:");
    for (Release release : releases) {
      line(
          text,
          "    "
              + PlainText.of(
                  release.product() + " " + release.label() + " for " + release.platform()));
    }
    if (!devices.isEmpty()) {
      line(text, "");
      line(text, "It is meant for:");
      for (Device device : devices) {
        String about =
            Stream.of(device.name(), device.site())
                .filter(each -> !each.isBlank())
                .collect(Collectors.joining(", "));
        line(text, "    " + PlainText.of(device.id() + (about.isEmpty() ? "" : "  " + about)));
      }
    }
    line(text, "");
    whatToDo(text, drive, releases);
    line(text, "    Then send the drive back to " + PlainText.of(station) + ".");
    line(text, "");
    line(text, "Nothing on this drive starts by itself. If a computer asks to format or repair");
    line(
        text,
        "it, say no and ask " + PlainText.of(station) + "; give the code " + drive.code() + ".");
    return text.toString();
  }

  /// Of a single file Forklift knows nothing, so there is nothing for Fieldlift to import.
  private static void whatToDo(StringBuilder text, PlannedDrive drive, List<Release> releases) {
    String others = drive.of() > 1 ? " OTHER_DRIVE" : "";
    boolean isForForklift =
        releases.stream().anyMatch(release -> release.kind() == Release.Kind.FORKLIFT_BUNDLE);
    line(text, "What to do");
    if (isForForklift) {
      line(text, "    With Fieldlift on the device:");
      line(text, "        fieldlift stage import-bundle DRIVE" + others);
      line(text, "    Without it (any Linux, nothing to install):");
    } else {
      line(text, "    Take the file off (any Linux, nothing to install):");
    }
    line(text, "        sh import.sh" + others);
  }

  static byte[] importScript() {
    try (InputStream script = Readme.class.getResourceAsStream("import.sh")) {
      if (script == null) throw new IllegalStateException("import.sh is not in the program");
      return script.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Lines end as Windows' plainest editor wants them; every other system copes.
  private static void line(StringBuilder text, String line) {
    text.append(line).append("\r\n");
  }
}
