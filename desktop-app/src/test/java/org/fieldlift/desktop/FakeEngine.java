package org.fieldlift.desktop;

import static org.fieldlift.desktop.FakeReleases.ATLAS;
import static org.fieldlift.desktop.FakeReleases.MICROSCOPE;
import static org.fieldlift.desktop.FakeReleases.genuine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.engine.BundleDesk;
import org.fieldlift.engine.DockerDesk;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.Engine;
import org.fieldlift.engine.FieldDesk;
import org.fieldlift.engine.ImageDesk;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.engine.ReleaseDesk.Where;
import org.fieldlift.engine.SourceDesk;
import org.fieldlift.engine.TrustDesk;
import org.fieldlift.io.Digest;
import org.fieldlift.ledger.Fact.DeliveryState;
import org.fieldlift.ledger.Fact.Sureness;
import org.fieldlift.trust.Policy;
import org.fieldlift.trust.Signer;
import org.fieldlift.trust.Verdict;

/// A station in memory: empty, or the invented lab of the design's pictures.
public final class FakeEngine implements Engine {
  private static final String ARM = "linux/arm64";
  private static final String ARM7 = "linux/arm/v7";

  public final FakeReleases releases = new FakeReleases();
  public final FakeFleet fleet = new FakeFleet();
  public final FakeDrives drives = new FakeDrives(releases, fleet);
  public final FakeSources sources = new FakeSources();
  public final FakeTrust trust = new FakeTrust();

  /// A lab with two products, 60 devices at 7 sites, and five drives.
  public static FakeEngine lab() {
    FakeEngine lab = new FakeEngine();
    Row newest = lab.here(MICROSCOPE, "2026.1.1", ARM, 11.8, "2026-05-12");
    lab.here(MICROSCOPE, "2026.1.1", ARM7, 9.4, "2026-05-12");
    lab.releases.add(
        MICROSCOPE,
        "2026.1.1-dirty",
        ARM,
        11.8,
        "2026-05-07",
        Optional.of(
            new Verdict.NotAllowed(
                new Signer.Key(FakeReleases.digest("bench"), "bench laptop"),
                null,
                "No rule lets this key sign microscope releases.")),
        Where.HERE);
    Row before = lab.here(MICROSCOPE, "2026.1.0", ARM, 11.6, "2026-03-24");
    lab.here(MICROSCOPE, "2026.1.0", ARM7, 9.2, "2026-03-24");
    Row older = lab.here(MICROSCOPE, "2025.4.2", ARM, 10.9, "2025-11-04");
    lab.atSource(MICROSCOPE, "2025.4.1", ARM, 10.9, "2025-09-02");
    lab.atSource(ATLAS, "7.3", "any", 39.1, "2026-05-22");
    Row atlas = lab.here(ATLAS, "7.2", "any", 38.4, "2026-04-08");
    lab.atSource(ATLAS, "7.1", "any", 37.0, "2026-02-12");
    lab.atSource(ATLAS, "7.0", "any", 36.2, "2025-10-09");
    List.of(newest, before, older, atlas).forEach(lab.fleet::knows);
    lab.plugIn(before, older);
    lab.sites(newest, before, older);
    lab.sources.sources.add(
        new SourceDesk.Source("Lab server", "https://releases.example.org/lab"));
    lab.sources.sources.add(new SourceDesk.Source("Shared folder", "/mnt/lab/releases"));
    lab.trust.rules.add(rule("microscope", MICROSCOPE, "keys/lab-2026.pub"));
    lab.trust.rules.add(rule("atlas", ATLAS, "keys/atlas.pub"));
    lab.trust.rules.add(workflow());
    return lab;
  }

  private static Policy rule(String name, String product, String key) {
    return new Policy(
        name,
        product,
        List.of(new Policy.Key(key)),
        List.of("bundle"),
        0,
        new Policy.Deny(List.of(), List.of()));
  }

  private static Policy workflow() {
    return new Policy(
        "released-by-workflow",
        "git.example.org/lab/*",
        List.of(
            new Policy.Keyless(
                "https://git.example.org/oidc",
                "^https://git\\.example\\.org/lab/.+/release\\.yml@refs/tags/v.*$",
                Map.of("source-repository-owner", "https://git.example.org/lab")),
            new Policy.Key("keys/lab-spare.pub")),
        List.of("bundle"),
        1_772_000_000,
        new Policy.Deny(
            List.of("keys/lab-2024.pub", "former.colleague@example.org"),
            List.of("sha256:" + FakeReleases.digest("withdrawn").hex())));
  }

  private Row here(String product, String label, String platform, double size, String day) {
    return releases.add(
        product, label, platform, size, day, Optional.of(genuine(product, day)), Where.HERE);
  }

  private void atSource(String product, String label, String platform, double size, String day) {
    releases.add(product, label, platform, size, day, Optional.empty(), Where.AT_SOURCE);
  }

  private void plugIn(Row before, Row older) {
    drives.add(
        "/dev/sdb",
        "Tern Slim",
        16,
        0.73,
        Holds.OURS,
        "FL-7K3QX2",
        "Ours, older: Microscope 2026.1.0");
    drives.add(
        "/dev/sdc",
        "Tern Max",
        32,
        0.36,
        Holds.OURS,
        "FL-9MPT4D",
        "Ours, older: Microscope 2026.1.0");
    drives.add(
        "/dev/sdd",
        "Calder Go",
        64,
        0.22,
        Holds.FOREIGN,
        "",
        "Holds 214 files that are not ours. Writing would erase them.");
    drives.add(
        "/dev/sde",
        "Tern Slim",
        16,
        0.68,
        Holds.OURS,
        "FL-4XKD7N",
        "Ours, older: Microscope 2025.4.2");
    drives.add(
        "/dev/sdf",
        "SD card",
        32,
        0.04,
        Holds.UNUSABLE,
        "",
        "Locked. Slide the switch on its edge.");
    List<String> ship = List.of("scope-01", "scope-02", "scope-03");
    fleet.drive("FL-7K3QX2", "set-a", List.of(before.id()), ship);
    fleet.drive("FL-9MPT4D", "set-b", List.of(before.id()), ship);
    fleet.drive("FL-4XKD7N", "set-c", List.of(older.id()), List.of("scope-14"));
  }

  private void sites(Row newest, Row before, Row older) {
    Map<String, Integer> sites = new LinkedHashMap<>();
    sites.put("RV Meridian", 9);
    sites.put("Station North", 10);
    sites.put("RV Petrel", 7);
    sites.put("Station Reef", 6);
    sites.put("School Lab 2", 12);
    sites.put("School Lab 4", 12);
    sites.put("Workshop", 4);
    int number = 0;
    for (Map.Entry<String, Integer> site : sites.entrySet()) {
      for (int place = 1; place <= site.getValue(); place++) {
        String id = "scope-%02d".formatted(++number);
        fleet.device(id, "Bench " + place, site.getKey());
        deliver(id, number, newest.id(), before.id(), older.id());
      }
    }
  }

  private void deliver(String id, int number, Digest newest, Digest before, Digest older) {
    if (number == 60) return;
    if (number == 14) {
      fleet.delivery(id, older, "set-c", DeliveryState.RUNNING, Sureness.PROVEN, "2026-05-18");
    } else if (number <= 19) {
      Sureness[] sure = {Sureness.PROVEN, Sureness.PROVEN, Sureness.CONFIRMED, Sureness.REPORTED};
      boolean ship = number <= 9;
      fleet.delivery(
          id,
          before,
          ship ? "set-a" : "set-b",
          number % 6 == 0 ? DeliveryState.ISSUED : DeliveryState.RUNNING,
          number % 6 == 0 ? Sureness.ASSUMED : sure[number % 4],
          ship ? "2026-05-14" : "2026-04-02");
    } else {
      fleet.delivery(id, newest, "set-d", DeliveryState.RUNNING, Sureness.PROVEN, "2026-05-20");
    }
  }

  @Override
  public Path home() {
    return Path.of("/var/lib/fieldlift");
  }

  @Override
  public String stationName() {
    return "Lab laptop 2";
  }

  @Override
  public FakeReleases releases() {
    return releases;
  }

  @Override
  public FakeSources sources() {
    return sources;
  }

  @Override
  public FakeTrust trust() {
    return trust;
  }

  @Override
  public FakeDrives drives() {
    return drives;
  }

  @Override
  public FakeFleet fleet() {
    return fleet;
  }

  @Override
  public FieldDesk field() {
    throw new AssertionError("the desktop imports nothing");
  }

  @Override
  public ImageDesk images() {
    throw new AssertionError("the desktop copies no images");
  }

  @Override
  public BundleDesk bundles() {
    throw new AssertionError("the desktop exports no bundles");
  }

  @Override
  public DockerDesk docker() {
    throw new AssertionError("the desktop loads no images");
  }

  @Override
  public void close() {}

  /// Sources in memory.
  public static final class FakeSources implements SourceDesk {
    public final List<Source> sources = new ArrayList<>();

    @Override
    public List<Source> list() {
      return List.copyOf(sources);
    }

    @Override
    public Source add(String name, String location) {
      sources.add(new Source(name, location));
      return sources.getLast();
    }

    @Override
    public boolean remove(String name) {
      return sources.removeIf(source -> source.name().equals(name));
    }
  }

  /// Rules in memory.
  public static final class FakeTrust implements TrustDesk {
    public final List<Policy> rules = new ArrayList<>();

    @Override
    public List<Policy> rules() {
      return List.copyOf(rules);
    }

    @Override
    public Policy trustKey(RuleOrder order, Path publicKey) {
      rules.add(rule(order.name(), order.product(), publicKey.toString()));
      return rules.getLast();
    }

    @Override
    public Policy trustIdentity(RuleOrder order, String issuer, String identity) {
      throw new AssertionError("the desktop trusts keys");
    }

    @Override
    public boolean remove(String ruleName) {
      return rules.removeIf(rule -> rule.name().equals(ruleName));
    }

    @Override
    public Digest newKey(Path base, char[] password) {
      throw new AssertionError("the desktop makes no keys");
    }
  }
}
