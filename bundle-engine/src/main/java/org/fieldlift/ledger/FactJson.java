package org.fieldlift.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Problem;

/// Facts as JSON: a kebab-case type name and a body with fixed keys in a fixed order.
///
/// A type's body never changes; a fact that needs another field becomes another type. So a fact has
/// exactly one written form, and a type that this version does not know is kept as it came.
final class FactJson {
  private FactJson() {}

  /// The name of the fact's type.
  static String type(Fact fact) {
    return switch (fact) {
      case Fact.StationOpened _ -> "station-opened";
      case Fact.DeviceAdded _ -> "device-added";
      case Fact.DeviceAssigned _ -> "device-assigned";
      case Fact.ReleaseAdmitted _ -> "release-admitted";
      case Fact.DriveWritten _ -> "drive-written";
      case Fact.DriveFailed _ -> "drive-failed";
      case Fact.DeliveryPlanned _ -> "delivery-planned";
      case Fact.DeliveryMoved _ -> "delivery-moved";
      case Fact.Unknown unknown -> unknown.type();
    };
  }

  /// The fact's body on one line.
  ///
  /// @throws Problem of kind USAGE when a text or list is beyond its limit
  static String write(Fact fact) throws Problem {
    return switch (fact) {
      case Fact.StationOpened opened -> new FactBody().name("name", opened.name()).line();
      case Fact.DeviceAdded added ->
          new FactBody()
              .id("device", added.device())
              .name("name", added.name())
              .name("site", added.site())
              .name("platform", added.platform())
              .name("keeper", added.keeper())
              .line();
      case Fact.DeviceAssigned assigned ->
          new FactBody().id("device", assigned.device()).name("site", assigned.site()).line();
      case Fact.ReleaseAdmitted admitted ->
          new FactBody()
              .digest("release", admitted.release())
              .id("product", admitted.product())
              .id("version", admitted.version())
              .name("platform", admitted.platform())
              .number("sequence", admitted.sequence(), Long.MIN_VALUE)
              .words("verdict", admitted.verdict())
              .line();
      case Fact.DriveWritten written ->
          new FactBody()
              .id("drive", written.drive())
              .name("set", written.set())
              .number("number", written.number(), 1)
              .number("of", written.of(), written.number())
              .number("size", written.size(), 0)
              .number("written", written.written(), 0)
              .digests("releases", written.releases())
              .names("devices", written.devices())
              .line();
      case Fact.DriveFailed failed ->
          new FactBody()
              .name("drive", failed.drive())
              .name("set", failed.set())
              .words("fault", failed.fault())
              .words("why", failed.why())
              .line();
      case Fact.DeliveryPlanned planned ->
          new FactBody()
              .id("delivery", planned.delivery())
              .id("device", planned.device())
              .digest("release", planned.release())
              .name("set", planned.set())
              .line();
      case Fact.DeliveryMoved moved ->
          new FactBody()
              .id("delivery", moved.delivery())
              .name("state", kebab(moved.state()))
              .name("sureness", kebab(moved.sureness()))
              .words("why", moved.why())
              .line();
      case Fact.Unknown unknown -> unknown.body();
    };
  }

  /// Reads a fact.
  ///
  /// @param text the body as it came; must be what [#write] would write for a known type
  /// @throws Problem of kind NOT_GENUINE when it is not
  static Fact read(String type, Fields body, String text) throws Problem {
    Fact fact = parse(type, body, text);
    String written;
    try {
      written = write(fact);
    } catch (Problem beyondLimits) {
      throw body.wrong("body", "within the limits of a fact (" + beyondLimits.what() + ")");
    }
    if (!written.equals(text)) throw body.wrong("body", "written as Fieldlift writes " + type);
    return fact;
  }

  private static Fact parse(String type, Fields body, String text) throws Problem {
    return switch (type) {
      case "station-opened" -> new Fact.StationOpened(body.text("name"));
      case "device-added" ->
          new Fact.DeviceAdded(
              body.text("device"),
              body.text("name"),
              body.text("site"),
              body.text("platform"),
              body.text("keeper"));
      case "device-assigned" -> new Fact.DeviceAssigned(body.text("device"), body.text("site"));
      case "release-admitted" ->
          new Fact.ReleaseAdmitted(
              body.digest("release"),
              body.text("product"),
              body.text("version"),
              body.text("platform"),
              body.number("sequence"),
              body.text("verdict"));
      case "drive-written" ->
          new Fact.DriveWritten(
              body.text("drive"),
              body.text("set"),
              smallNumber(body, "number"),
              smallNumber(body, "of"),
              body.number("size"),
              body.number("written"),
              digests(body, "releases"),
              List.copyOf(body.texts("devices")));
      case "drive-failed" ->
          new Fact.DriveFailed(
              body.text("drive"), body.text("set"), body.text("fault"), body.text("why"));
      case "delivery-planned" ->
          new Fact.DeliveryPlanned(
              body.text("delivery"), body.text("device"), body.digest("release"), body.text("set"));
      case "delivery-moved" ->
          new Fact.DeliveryMoved(
              body.text("delivery"),
              oneOf(body, "state", Fact.DeliveryState.values()),
              oneOf(body, "sureness", Fact.Sureness.values()),
              body.text("why"));
      default -> new Fact.Unknown(type, text);
    };
  }

  private static int smallNumber(Fields body, String name) throws Problem {
    long number = body.number(name);
    if (number != (int) number) throw body.wrong(name, "a small whole number");
    return (int) number;
  }

  private static List<Digest> digests(Fields body, String name) throws Problem {
    List<Digest> digests = new ArrayList<>();
    for (String text : body.texts(name)) {
      if (!Digest.looksLike(text)) throw body.wrong(name, "a list of SHA-256 digests");
      digests.add(Digest.parse(text));
    }
    return List.copyOf(digests);
  }

  private static <E extends Enum<E>> E oneOf(Fields body, String name, E[] values) throws Problem {
    String text = body.text(name);
    for (E value : values) {
      if (kebab(value).equals(text)) return value;
    }
    throw body.wrong(name, "one of its known words");
  }

  private static String kebab(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
