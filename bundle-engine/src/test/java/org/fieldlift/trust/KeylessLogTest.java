package org.fieldlift.trust;

import static org.fieldlift.trust.KeylessTrial.ARTIFACT;
import static org.fieldlift.trust.KeylessTrial.IN_TIME;
import static org.fieldlift.trust.KeylessTrial.assertBroken;
import static org.fieldlift.trust.KeylessTrial.entry;
import static org.fieldlift.trust.KeylessTrial.mint;
import static org.fieldlift.trust.KeylessTrial.verify;

import com.google.protobuf.ByteString;
import dev.sigstore.proto.bundle.v1.Bundle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every way we know to pass off the transparency log's word for a signature.
class KeylessLogTest {
  @Test
  void aSignatureInNoLogIsRefused() throws Exception {
    assertBroken(mint().in(Minting.Log.NONE).stampedAt(IN_TIME), "no transparency log");
  }

  @Test
  void aSecondLogEntryIsRefused() throws Exception {
    assertBroken(
        mint()
            .then(bundle ->
                bundle.getVerificationMaterialBuilder().addTlogEntries(entry(bundle).build())),
        "more than one place");
  }

  @Test
  void theLogEntryOfAnotherSignatureIsRefused() throws Exception {
    for (Minting.Log log : List.of(Minting.Log.REKOR_1, Minting.Log.REKOR_2)) {
      Bundle sameContent = mint().in(log).stampedAt(IN_TIME).build();
      byte[] swapped =
          mint()
              .in(log)
              .stampedAt(IN_TIME)
              .then(bundle ->
                  bundle
                      .getVerificationMaterialBuilder()
                      .setTlogEntries(0, sameContent.getVerificationMaterial().getTlogEntries(0)))
              .bundle();
      assertBroken(verify(swapped), "another signature");
    }
  }

  @Test
  void aLogEntryOfTheSameSignatureOverSomethingElseIsRefused() throws Exception {
    byte[] other = "the Release".getBytes(StandardCharsets.UTF_8);
    assertBroken(mint().loggingInstead(other), "another signature");
    assertBroken(
        mint().in(Minting.Log.REKOR_2).stampedAt(IN_TIME).loggingInstead(other),
        "another signature");
  }

  @Test
  void theLogEntryOfAnotherStatementIsRefused() throws Exception {
    Bundle other = mint().stating("https://example.org/other").build();
    byte[] swapped =
        mint()
            .stating(Minting.SIGNATURE_STATEMENT)
            .then(bundle ->
                bundle
                    .getVerificationMaterialBuilder()
                    .setTlogEntries(0, other.getVerificationMaterial().getTlogEntries(0)))
            .bundle();
    assertBroken(verify(swapped), "another signature");
  }

  @Test
  void aChangedTimeOrPlaceIsFound() throws Exception {
    assertBroken(
        mint()
            .then(
                bundle -> entry(bundle).setIntegratedTime(PrivateSigstore.SIGNED.getEpochSecond())),
        "transparency log");
    assertBroken(mint().then(bundle -> entry(bundle).setLogIndex(7)), "transparency log");
  }

  @Test
  void anInclusionProofOfAnotherTreeIsRefused() throws Exception {
    assertBroken(
        mint().then(bundle -> entry(bundle).getInclusionProofBuilder().setTreeSize(3)),
        "another state");
    assertBroken(
        mint().then(bundle -> entry(bundle).getInclusionProofBuilder().setLogIndex(3)),
        "another state");
    assertBroken(
        mint()
            .then(bundle ->
                entry(bundle)
                    .getInclusionProofBuilder()
                    .setHashes(0, ByteString.copyFrom(new byte[32]))),
        "does not hold");
    assertBroken(mint().then(bundle -> entry(bundle).clearInclusionProof()), "damaged");
  }

  @Test
  void aCheckpointThatTheLogDidNotSignIsRefused() throws Exception {
    String forged =
        new PrivateSigstore()
            .mint(ARTIFACT)
            .build()
            .getVerificationMaterial()
            .getTlogEntries(0)
            .getInclusionProof()
            .getCheckpoint()
            .getEnvelope();
    assertBroken(
        mint()
            .then(bundle ->
                entry(bundle)
                    .getInclusionProofBuilder()
                    .getCheckpointBuilder()
                    .setEnvelope(forged)),
        "does not hold");
  }
}
