package org.fieldlift.oci.docker;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Platform;
import tools.jackson.databind.JsonNode;

/// What a daemon says of itself.
///
/// @param engine what it calls itself; Docker's own is [#ENGINE]
/// @param platform of the program itself, which decides what it pulls: a 32-bit daemon on a 64-bit
///   kernel wants 32-bit images
/// @param mirrors registries asked before Docker Hub
/// @param hasProxy true when it reaches registries through a proxy only
public record DaemonFacts(
    String engine,
    String version,
    Platform platform,
    Store store,
    String dataRoot,
    List<String> mirrors,
    boolean isRootless,
    boolean hasProxy) {
  /// What Docker's daemon calls itself.
  public static final String ENGINE = "Engine";

  private static final Pattern ARM_KERNEL = Pattern.compile("armv([567]).{0,20}");
  private static final String SNAPSHOTTER = "io.containerd.snapshotter.v1";

  /// Where a daemon keeps images.
  public enum Store {
    /// In its own graph drivers. Digests of references come from pulls alone.
    CLASSIC,
    /// In containerd. Images keep their digests however they come.
    CONTAINERD
  }

  public DaemonFacts {
    mirrors = List.copyOf(mirrors);
  }

  /// Docker has both stores in every version since 24, and keeps the old one on upgraded hosts; so
  /// it is asked, and not judged by its version.
  static DaemonFacts of(Fields version, Fields info) throws Problem {
    return new DaemonFacts(
        engine(version),
        version.text("Version"),
        platform(version, info),
        isContainerd(info) ? Store.CONTAINERD : Store.CLASSIC,
        info.text("DockerRootDir"),
        info.isAbsent("RegistryConfig")
            ? List.of()
            : info.object("RegistryConfig").texts("Mirrors"),
        info.texts("SecurityOptions").stream().anyMatch(option -> option.equals("name=rootless")),
        !info.optionalText("HttpsProxy").orElse("").isEmpty());
  }

  /// Only the kernel tells 32-bit ARM processors apart.
  private static Platform platform(Fields version, Fields info) throws Problem {
    String architecture = version.text("Arch");
    Matcher kernel = ARM_KERNEL.matcher(info.optionalText("Architecture").orElse(""));
    String variant = architecture.equals("arm") && kernel.matches() ? "v" + kernel.group(1) : "";
    return new Platform(version.text("Os"), architecture, variant);
  }

  public boolean isDocker() {
    return engine.equals(ENGINE);
  }

  private static String engine(Fields version) throws Problem {
    List<Fields> components = version.objects("Components");
    return components.isEmpty() ? ENGINE : components.getFirst().text("Name");
  }

  private static boolean isContainerd(Fields info) {
    for (JsonNode pair : info.object().path("DriverStatus")) {
      if (pair.path(0).asString("").equals("driver-type")) {
        return pair.path(1).asString("").equals(SNAPSHOTTER);
      }
    }
    return false;
  }
}
