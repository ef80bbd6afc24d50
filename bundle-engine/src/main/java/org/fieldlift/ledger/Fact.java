package org.fieldlift.ledger;

import java.util.List;
import org.fieldlift.io.Digest;

/// Something that happened and is recorded: the body of an event.
public sealed interface Fact {
  /// Most releases or devices one fact names.
  int MOST_LISTED = 1000;

  /// This station began its chain.
  record StationOpened(String name) implements Fact {}

  /// A device is known from now on.
  ///
  /// @param device short id, unique in the ledger ("SCOPE-17")
  /// @param name what people call it
  /// @param site where it stands; "" when unknown
  /// @param platform `linux/arm64`, …; "" when unknown
  /// @param keeper who looks after it; "" when unknown
  record DeviceAdded(String device, String name, String site, String platform, String keeper)
      implements Fact {}

  /// A device stands somewhere else now.
  record DeviceAssigned(String device, String site) implements Fact {}

  /// A release came into the station's store with a good verdict.
  ///
  /// @param release digest of its `release.json`
  /// @param verdict in words, kept as evidence
  record ReleaseAdmitted(
      Digest release,
      String product,
      String version,
      String platform,
      long sequence,
      String verdict)
      implements Fact {}

  /// A drive was written, read back and found right.
  ///
  /// @param drive its code ("FL-7K3QX2")
  /// @param set id of the drive set
  /// @param number from 1
  /// @param of drives in the set
  /// @param size of the drive in bytes
  /// @param written bytes written and read back
  record DriveWritten(
      String drive,
      String set,
      int number,
      int of,
      long size,
      long written,
      List<Digest> releases,
      List<String> devices)
      implements Fact {}

  /// A drive could not be written.
  record DriveFailed(String drive, String set, String fault, String why) implements Fact {}

  /// A release is on its way to a device.
  ///
  /// @param delivery id
  record DeliveryPlanned(String delivery, String device, Digest release, String set)
      implements Fact {}

  /// A delivery is in another state now.
  ///
  /// @param why a reason that was given or reported; "" for none
  record DeliveryMoved(String delivery, DeliveryState state, Sureness sureness, String why)
      implements Fact {}

  /// A fact of a newer version of Fieldlift: kept, chained and passed on as it is, and of no effect
  /// on the state.
  ///
  /// @param type its kebab-case name
  /// @param body its JSON, exactly as it came
  record Unknown(String type, String body) implements Fact {}

  /// States of a delivery, in order; the last five are side exits.
  enum DeliveryState {
    PLANNED,
    WRITTEN,
    VERIFIED,
    ISSUED,
    IMPORTED,
    RUNNING,
    FAILED,
    ROLLED_BACK,
    REFUSED,
    LOST,
    SUPERSEDED;

    /// True when a delivery ends here without its release on the device, unless a later fact says
    /// otherwise.
    public boolean isSideExit() {
      return compareTo(RUNNING) > 0;
    }
  }

  /// How sure we are of a state.
  enum Sureness {
    ASSUMED,
    REPORTED,
    CONFIRMED,
    PROVEN
  }
}
