package org.fieldlift.trust;

import com.google.protobuf.util.JsonFormat;
import dev.sigstore.fulcio.client.FulcioVerifier;
import dev.sigstore.proto.common.v1.TimeRange;
import dev.sigstore.proto.trustroot.v1.CertificateAuthority;
import dev.sigstore.proto.trustroot.v1.TransparencyLogInstance;
import dev.sigstore.proto.trustroot.v1.TrustedRoot;
import dev.sigstore.rekor.client.RekorVerifier;
import dev.sigstore.timestamp.client.TimestampVerifier;
import dev.sigstore.trustroot.SigstoreTrustedRoot;
import dev.sigstore.trustroot.TransparencyLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fieldlift.io.Json;
import org.fieldlift.io.Limits;
import org.fieldlift.io.Problem;

/// A pinned `trusted_root.json` (protobuf-specs, `sigstore_trustroot.proto`): whose certificates,
/// logs and timestamps are believed, and for which span of time. Nothing here touches a network.
final class RootOfTrust {
  /// Largest trusted root that is read, in bytes; the public one has 7 kB.
  static final int LARGEST = 1 << 20;

  private static final String PUBLIC_GOOD = "public-good-trusted-root.json";

  /// What a root pins, taken apart.
  private record Anchors(
      FulcioVerifier certificates,
      RekorVerifier log,
      TimestampVerifier timestamps,
      List<TransparencyLog> logs) {}

  private final Supplier<Anchors> anchors;

  private RootOfTrust(Supplier<Anchors> anchors) {
    this.anchors = anchors;
  }

  /// Sigstore's public instance as it was when this version was built. It is read when first
  /// needed: what a plain key signed needs none of it.
  static RootOfTrust publicGood() {
    return new RootOfTrust(() -> PublicGood.ANCHORS);
  }

  /// @param what names the document in errors
  /// @throws Problem when it is not a usable trusted root; then nothing at all is genuine
  static RootOfTrust parse(byte[] json, String what) throws Problem {
    Anchors parsed = anchors(json, what);
    return new RootOfTrust(() -> parsed);
  }

  FulcioVerifier certificates() {
    return anchors.get().certificates();
  }

  RekorVerifier log() {
    return anchors.get().log();
  }

  TimestampVerifier timestamps() {
    return anchors.get().timestamps();
  }

  List<TransparencyLog> logs() {
    return anchors.get().logs();
  }

  private static final class PublicGood {
    static final Anchors ANCHORS = read();

    private static Anchors read() {
      try (InputStream in = RootOfTrust.class.getResourceAsStream(PUBLIC_GOOD)) {
        if (in == null) throw new IllegalStateException("built without " + PUBLIC_GOOD);
        return anchors(Limits.readAtMost(in, LARGEST, PUBLIC_GOOD), PUBLIC_GOOD);
      } catch (IOException e) {
        throw new IllegalStateException("built with a bad " + PUBLIC_GOOD, e);
      }
    }
  }

  private static Anchors anchors(byte[] json, String what) throws Problem {
    if (json.length > LARGEST) throw Limits.tooLarge(what, json.length, LARGEST);
    Json.readObject(json, what);
    try {
      TrustedRoot.Builder root = TrustedRoot.newBuilder();
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(json, StandardCharsets.UTF_8), root);
      requireStarts(root.build());
      SigstoreTrustedRoot parsed = SigstoreTrustedRoot.from(root);
      return new Anchors(
          FulcioVerifier.newFulcioVerifier(parsed),
          RekorVerifier.newRekorVerifier(parsed),
          TimestampVerifier.newTimestampVerifier(parsed),
          parsed.getTLogs());
    } catch (IOException
        | GeneralSecurityException
        | dev.sigstore.trustroot.SigstoreConfigurationException
        | RuntimeException e) {
      throw new Problem(
          Problem.Kind.NOT_GENUINE,
          what + " is not a usable trusted root.",
          "Get trusted_root.json again from whoever runs your Sigstore instance.",
          e);
    }
  }

  /// Stops a root whose key or authority has no beginning from being read as "valid since 1970".
  private static void requireStarts(TrustedRoot root) throws IOException {
    boolean complete =
        Stream.of(
                Stream.concat(root.getTlogsList().stream(), root.getCtlogsList().stream())
                    .map(RootOfTrust::span),
                Stream.concat(
                        root.getCertificateAuthoritiesList().stream(),
                        root.getTimestampAuthoritiesList().stream())
                    .map(CertificateAuthority::getValidFor))
            .flatMap(spans -> spans)
            .allMatch(TimeRange::hasStart);
    if (!complete) throw new IOException("a validFor.start is missing");
  }

  private static TimeRange span(TransparencyLogInstance log) {
    return log.getPublicKey().getValidFor();
  }
}
