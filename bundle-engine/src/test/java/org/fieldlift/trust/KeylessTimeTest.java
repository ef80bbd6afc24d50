package org.fieldlift.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fieldlift.trust.KeylessTrial.IN_TIME;
import static org.fieldlift.trust.KeylessTrial.LATER;
import static org.fieldlift.trust.KeylessTrial.SIGSTORE;
import static org.fieldlift.trust.KeylessTrial.assertBroken;
import static org.fieldlift.trust.KeylessTrial.mint;
import static org.fieldlift.trust.KeylessTrial.verify;

import dev.sigstore.proto.bundle.v1.Bundle;
import dev.sigstore.proto.common.v1.TimeRange;
import java.util.List;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

/// Every way we know to pass off a signature as made while its certificate, its log or its
/// authority could be believed.
class KeylessTimeTest {
  @Test
  void aSignatureLoggedAfterTheCertificateEndedIsRefused() throws Exception {
    assertBroken(mint().integratedAt(LATER), "not valid");
    assertBroken(mint().integratedAt(PrivateSigstore.SIGNED.minusSeconds(1)), "not valid");
  }

  @Test
  void aTimestampAfterTheCertificateEndedIsRefusedEvenBesideAGoodOne() throws Exception {
    assertBroken(mint().in(Minting.Log.REKOR_2).stampedAt(IN_TIME).stampedAt(LATER), "not valid");
    assertBroken(mint().stampedAt(LATER), "not valid");
  }

  @Test
  void aTimeThatTheLogDidNotPromiseProvesNothing() throws Exception {
    assertBroken(mint().unpromised(), "Nothing proves when");
    assertBroken(mint().in(Minting.Log.REKOR_2), "Nothing proves when");
    Verdict stamped = verify(mint().unpromised().integratedAt(LATER).stampedAt(IN_TIME).bundle());
    assertThat(stamped)
        .isEqualTo(
            new Verdict.Genuine(
                new Signer.Keyless(Minting.ISSUER, Minting.IDENTITY), IN_TIME, 1L, "as asked"));
  }

  @Test
  void aTimestampOfAnotherSignatureIsRefused() throws Exception {
    Bundle other = mint().in(Minting.Log.REKOR_2).stampedAt(IN_TIME).build();
    assertBroken(
        mint()
            .in(Minting.Log.REKOR_2)
            .then(bundle ->
                bundle
                    .getVerificationMaterialBuilder()
                    .setTimestampVerificationData(
                        other.getVerificationMaterial().getTimestampVerificationData())),
        "timestamp");
  }

  @Test
  void aLogThatWasRetiredBeforeIsNotBelieved() throws Exception {
    TimeRange ended =
        PrivateSigstore.from(PrivateSigstore.FOUNDED).toBuilder()
            .setEnd(PrivateSigstore.time(PrivateSigstore.SIGNED.minusSeconds(3600)))
            .build();
    byte[] root =
        SIGSTORE.trustedRoot(change -> {
          change.getTlogsBuilder(0).getPublicKeyBuilder().setValidFor(ended);
          change.getTlogsBuilder(1).getPublicKeyBuilder().setValidFor(ended);
        });
    assertBroken(verify(root, mint().bundle()), "not trusted at that time");
    assertBroken(
        verify(root, mint().in(Minting.Log.REKOR_2).stampedAt(IN_TIME).bundle()),
        "not trusted at that time");
  }

  @Test
  void anAuthorityThatWasRetiredBeforeIsNotBelieved() throws Exception {
    TimeRange ended =
        PrivateSigstore.from(PrivateSigstore.FOUNDED).toBuilder()
            .setEnd(PrivateSigstore.time(PrivateSigstore.SIGNED.minusSeconds(3600)))
            .build();
    byte[] certificates =
        SIGSTORE.trustedRoot(
            change -> change.getCertificateAuthoritiesBuilder(0).setValidFor(ended));
    byte[] timestamps =
        SIGSTORE.trustedRoot(change -> change.getTimestampAuthoritiesBuilder(0).setValidFor(ended));
    assertBroken(verify(certificates, mint().bundle()), "No authority");
    assertBroken(verify(timestamps, mint().stampedAt(IN_TIME).bundle()), "timestamp");
  }

  @Test
  void aTrustedRootWithoutABeginningIsRefused() {
    List<byte[]> roots =
        List.of(
            SIGSTORE.trustedRoot(
                change -> change.getTlogsBuilder(0).getPublicKeyBuilder().clearValidFor()),
            SIGSTORE.trustedRoot(
                change -> change.getCtlogsBuilder(0).getPublicKeyBuilder().clearValidFor()),
            SIGSTORE.trustedRoot(
                change -> change.getCertificateAuthoritiesBuilder(0).clearValidFor()),
            SIGSTORE.trustedRoot(
                change -> change.getTimestampAuthoritiesBuilder(0).clearValidFor()));
    for (byte[] root : roots) {
      assertThatThrownBy(() -> verify(root, mint().bundle()))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("not a usable trusted root");
    }
  }
}
