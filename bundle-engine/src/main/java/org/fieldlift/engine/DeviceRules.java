package org.fieldlift.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fieldlift.engine.DriveDesk.PlanOrder;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.Fact.Sureness;
import org.fieldlift.ledger.State;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.release.Release;

/// What may go to whom: every device finds a release for its platform of each product, no release
/// is for nobody, and an older one than a device has goes out only with a said reason.
///
/// @param state of the ledger
record DeviceRules(State state, PlanOrder order) {

  /// @return a sentence for each device that goes back to an older release, for a said reason
  /// @throws Problem of kind USAGE naming the device and the release that do not suit each other
  List<String> require(List<Device> devices, List<Release> releases) throws Problem {
    List<String> waysBack = new ArrayList<>();
    for (Release release : releases) {
      for (Device device : devices) {
        if (release.suits(device.platform())) wayBack(device, release).ifPresent(waysBack::add);
        else requireOthers(device, release, devices, releases);
      }
    }
    return waysBack;
  }

  /// A release for another platform is on the drive for another device, and this one finds its own.
  private static void requireOthers(
      Device device, Release release, List<Device> devices, List<Release> releases) throws Problem {
    boolean findsItsOwn =
        releases.stream()
            .anyMatch(other ->
                other.product().equals(release.product()) && other.suits(device.platform()));
    boolean isForAnother = devices.stream().anyMatch(other -> release.suits(other.platform()));
    if (findsItsOwn && isForAnother) return;
    throw Problem.usage(
        "%s is for %s, but %s is %s."
            .formatted(
                name(release),
                PlainText.of(release.platform()),
                device.id(),
                PlainText.of(device.platform())),
        "Choose the release for " + PlainText.of(device.platform()) + ".");
  }

  private Optional<String> wayBack(Device device, Release release) throws Problem {
    long has =
        state.deliveries().stream()
            .filter(delivery -> delivery.device().equals(device.id()))
            .filter(DeviceRules::isOnDevice)
            .map(delivery -> state.releases().get(delivery.release()))
            .filter(known -> known != null && known.product().equals(release.product()))
            .mapToLong(State.KnownRelease::sequence)
            .max()
            .orElse(Long.MIN_VALUE);
    if (release.sequence() >= has) return Optional.empty();
    String what = device.id() + " has a newer release than " + name(release) + ".";
    if (order.allowOlder() && !order.reason().isBlank()) return Optional.of(what);
    throw Problem.usage(what, "To go back on purpose, say why with: --allow-older \"reason\".");
  }

  private static boolean isOnDevice(State.Delivery delivery) {
    return (delivery.state() == DeliveryState.IMPORTED || delivery.state() == DeliveryState.RUNNING)
        && delivery.sureness() != Sureness.ASSUMED;
  }

  private static String name(Release release) {
    return PlainText.of(release.product() + " " + release.label());
  }
}
