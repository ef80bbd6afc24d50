package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.fieldlift.engine.ReleaseDesk.Fetched;
import org.fieldlift.engine.ReleaseDesk.PackOrder;
import org.fieldlift.engine.TrustDesk.RuleOrder;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Progress;
import org.fieldlift.release.Release;
import org.fieldlift.release.ReleasePacker;
import org.fieldlift.trust.SigningKey;
import org.jspecify.annotations.Nullable;

/// A station that trusts a lab, and small releases the lab signed.
final class LabStation implements AutoCloseable {
  static final String SCOPE = "example.org/lab/scope";
  static final String ARM = "linux/arm64";
  static final String AMD = "linux/amd64";

  private static final int SIZE = 3000;

  final Engine engine;
  private final Path folder;
  private final SigningKey key;

  /// @param folder where the station and what it packs lie
  /// @param key the lab's; made once for many stations, because that takes longer than all the rest
  LabStation(Path folder, SigningKey key, Clock clock) throws IOException {
    this.folder = folder;
    this.key = key;
    this.engine = Station.open(folder.resolve("station"), clock);
    Path pub = Files.writeString(folder.resolve("lab.pub"), key.publicPem());
    engine.trust().trustKey(new RuleOrder("lab", "example.org/lab/*", false), pub);
  }

  static SigningKey newKey(Path folder) throws IOException {
    return SigningKey.generate(folder.resolve("lab"), "secret".toCharArray());
  }

  /// Packs a release into a folder of this name below the station's folder.
  Digest pack(String where, String product, String version, long sequence, String platform)
      throws IOException {
    return pack(where, product, version, sequence, platform, null);
  }

  Digest pack(
      String where,
      String product,
      String version,
      long sequence,
      String platform,
      @Nullable Instant validUntil)
      throws IOException {
    byte[] noise = new byte[SIZE];
    new Random(where.hashCode()).nextBytes(noise);
    Path output = folder.resolve(where);
    Files.createDirectories(output.getParent());
    PackOrder order =
        new PackOrder(
            Files.write(folder.resolve("input"), noise),
            output,
            Release.Kind.FILE,
            product,
            version,
            sequence,
            platform,
            validUntil,
            null,
            null,
            new char[0]);
    Digest id = engine.releases().pack(order, new Progress(""), new Cancellation()).row().id();
    ReleasePacker.sign(output, key::signBundle);
    return id;
  }

  Fetched fetch(String release) throws IOException {
    return engine.releases().fetch(release, new Progress(""), new Cancellation());
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}
