package org.fieldlift.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.Fact;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.Fact.Sureness;
import org.fieldlift.ledger.LedgerCheck;
import org.fieldlift.ledger.State;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.ledger.State.ManifestRow;
import org.fieldlift.oci.Platform;
import org.fieldlift.store.IdPrefix;

/// Devices and deliveries, as facts of the ledger.
final class StationFleet implements FleetDesk {
  private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /// What can be known of a device only from there.
  private static final Set<DeliveryState> REPORTED =
      EnumSet.of(
          DeliveryState.ISSUED,
          DeliveryState.IMPORTED,
          DeliveryState.RUNNING,
          DeliveryState.FAILED,
          DeliveryState.ROLLED_BACK,
          DeliveryState.REFUSED,
          DeliveryState.LOST);

  private final StationHome home;
  private final StationLedger ledger;

  StationFleet(StationHome home, StationLedger ledger) {
    this.home = home;
    this.ledger = ledger;
  }

  @Override
  public State state() throws IOException {
    return ledger.open().state();
  }

  @Override
  public Device addDevice(Device device) throws IOException {
    if (device.equals(state().devices().get(device.id()))) return device;
    requireNew(List.of(device));
    ledger.append(List.of(added(device)));
    return device;
  }

  @Override
  public Device correctDevice(Device device) throws IOException {
    device(device.id());
    requireSound(device);
    // The first word of a station about another one's device is a question, the second an answer.
    for (int said = 0; said < 2 && !device.equals(device(device.id())); said++) {
      ledger.append(List.of(added(device)));
    }
    return device;
  }

  @Override
  public List<Device> importDevices(Path csv) throws IOException {
    State state = state();
    List<Device> fresh =
        DeviceCsv.read(csv).stream()
            .filter(device -> !device.equals(state.devices().get(device.id())))
            .toList();
    requireNew(fresh);
    if (!fresh.isEmpty()) ledger.append(fresh.stream().map(StationFleet::added).toList());
    return fresh;
  }

  @Override
  public Device assign(String device, String site) throws IOException {
    Device known = device(device);
    ledger.append(List.of(new Fact.DeviceAssigned(known.id(), site)));
    return new Device(known.id(), known.name(), site, known.platform(), known.keeper());
  }

  @Override
  public void report(String device, String release, DeliveryState state, String why)
      throws IOException {
    if (!REPORTED.contains(state)) {
      throw Problem.usage(
          "A person cannot report that a device is \""
              + state.name().toLowerCase(Locale.ROOT)
              + "\": that is this station's to say.",
          "Give issued, imported, running, failed, rolled_back, refused or lost.");
    }
    State now = state();
    Device known = device(device);
    Digest id = release(now, release, known.platform());
    List<Fact> facts = new ArrayList<>();
    Optional<State.Delivery> newest =
        now.deliveries().stream()
            .filter(each -> each.device().equals(known.id()) && each.release().equals(id))
            .reduce((first, last) -> last);
    if (newest.isPresent() && !newest.get().heeds(state, Sureness.REPORTED)) {
      throw Problem.usage(
          "%s is known to be %s with this release already; to report it %s changes nothing."
              .formatted(known.id(), word(newest.get().state()), word(state)),
          "Nothing was recorded. See what is known with: fieldlift manifest show");
    }
    String delivery = newest.map(State.Delivery::id).orElseGet(() -> UUID.randomUUID().toString());
    if (newest.isEmpty()) {
      facts.add(new Fact.DeliveryPlanned(delivery, known.id(), id, ""));
    }
    facts.add(new Fact.DeliveryMoved(delivery, state, Sureness.REPORTED, why));
    ledger.append(facts);
  }

  @Override
  public List<ManifestRow> manifest() throws IOException {
    return state().manifest();
  }

  @Override
  public void exportManifest(Format format, OutputStream out) throws IOException {
    switch (format) {
      case JSON -> ManifestExport.json(state(), out);
      case CSV -> ManifestExport.csv(state(), out);
    }
  }

  @Override
  public void exportManifest(Format format, Path file) throws IOException {
    Outgoing.write(home, file, out -> exportManifest(format, out));
  }

  @Override
  public LedgerCheck checkLedger() throws IOException {
    return ledger.openAsItIs().check();
  }

  @Override
  public void exportLedger(Path file) throws IOException {
    Outgoing.write(home, file, ledger.open()::exportTo);
  }

  @Override
  public int importLedger(InputStream in) throws IOException {
    return ledger.openAsItIs().importFrom(in);
  }

  /// @throws Problem of kind USAGE when nobody added it
  Device device(String id) throws IOException {
    Device known = state().devices().get(id);
    if (known == null) {
      throw Problem.usage(
          "There is no device " + PlainText.of(id) + ".",
          "See the devices with: fieldlift device list");
    }
    return known;
  }

  private void requireNew(List<Device> devices) throws IOException {
    State state = state();
    for (Device device : devices) {
      if (state.devices().containsKey(device.id())) {
        throw Problem.usage(
            "There is already a device " + PlainText.of(device.id()) + " with other facts.",
            "Choose another id, change the site with: fieldlift device assign, or correct all that"
                + " is known of it with: fieldlift device add --replace");
      }
      requireSound(device);
    }
  }

  /// Releases are chosen for a device by its platform, so one that no release can have makes every
  /// plan fail.
  private static void requireSound(Device device) throws Problem {
    if (!DEVICE_ID.matcher(device.id()).matches()) {
      throw Problem.usage(
          "\"" + PlainText.of(device.id()) + "\" cannot be a device's id.",
          "Use up to 64 letters, digits, dots, dashes and underscores, such as SCOPE-17.");
    }
    String platform = device.platform();
    if (platform.isEmpty()) return;
    String usual = Platform.parse(platform).toString();
    if (platform.equals(usual)) return;
    throw Problem.usage(
        "Device " + device.id() + " cannot be " + platform + ": releases call it " + usual + ".",
        "Write " + usual + ".");
  }

  private static String word(DeliveryState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// The release a name means for a machine of this platform.
  private static Digest release(State state, String text, String machine) throws Problem {
    List<State.KnownRelease> fitting = new ArrayList<>();
    ReleaseName name = ReleaseName.of(text);
    for (State.KnownRelease known : state.releases().values()) {
      boolean isNamed = name.fits(known.product(), known.version(), known.platform());
      if (isNamed || isBeginning(text, known.id())) fitting.add(known);
    }
    List<Digest> found =
        fitting.stream()
            .filter(known -> fitting.size() == 1 || known.platform().equals(machine))
            .map(State.KnownRelease::id)
            .toList();
    if (found.size() != 1) {
      throw Problem.usage(
          (fitting.isEmpty() ? "No release is known as " : "More than one release is known as ")
              + PlainText.of(text)
              + ".",
          "Give its id; see: fieldlift release list");
    }
    return found.getFirst();
  }

  private static boolean isBeginning(String text, Digest id) throws Problem {
    return ReleaseName.looksLikeId(text) && IdPrefix.of(text).fits(id);
  }

  private static Fact added(Device device) {
    return new Fact.DeviceAdded(
        device.id(), device.name(), device.site(), device.platform(), device.keeper());
  }
}
