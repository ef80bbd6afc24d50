package org.fieldlift.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.Fact.DeliveryMoved;
import org.fieldlift.ledger.Fact.DeliveryPlanned;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.Fact.DeviceAdded;
import org.fieldlift.ledger.Fact.DriveWritten;
import org.fieldlift.ledger.Fact.ReleaseAdmitted;
import org.fieldlift.ledger.Fact.Sureness;

/// Facts and steps that many tests need.
final class Samples {
  static final Digest OLD = Digest.of(new byte[] {1});
  static final Digest NEW = Digest.of(new byte[] {2});
  static final String MORNING = "2026-05-12T08:30:00Z";

  private Samples() {}

  static DeviceAdded device(String id) {
    return device(id, "Microscope " + id);
  }

  static DeviceAdded device(String id, String name) {
    return new DeviceAdded(id, name, "RV Thalassa", "linux/arm64", "Deck lab");
  }

  static ReleaseAdmitted release(Digest id, String version) {
    return new ReleaseAdmitted(
        id, "github.com/PlanktoScope/pallet-standard", version, "linux/arm64", 7, "genuine");
  }

  static DeliveryPlanned plan(String delivery, String device, Digest release) {
    return new DeliveryPlanned(delivery, device, release, "set-" + delivery);
  }

  static DeliveryMoved move(String delivery, DeliveryState state, Sureness sureness) {
    return new DeliveryMoved(delivery, state, sureness, "");
  }

  static DriveWritten drive(String code, String set, String... devices) {
    return new DriveWritten(code, set, 1, 1, 64_000_000_000L, 5, List.of(OLD), List.of(devices));
  }

  static byte[] export(Ledger ledger) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ledger.exportTo(out);
    return out.toByteArray();
  }

  static List<String> lines(Ledger ledger) throws IOException {
    return new String(export(ledger), StandardCharsets.UTF_8).lines().toList();
  }

  static InputStream stream(List<String> lines) {
    return new ByteArrayInputStream(
        (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// Does to the database what another program could do to it.
  static void tamper(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = OFF");
      statement.execute("DROP TRIGGER event_is_never_changed");
      statement.execute("DROP TRIGGER event_is_never_removed");
      statement.execute("DROP TRIGGER event_goes_at_the_end");
      for (String sql : statements) statement.execute(sql);
    }
  }
}
