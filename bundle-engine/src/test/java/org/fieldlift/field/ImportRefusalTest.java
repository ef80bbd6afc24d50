package org.fieldlift.field;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.fieldlift.field.ImportResult.AlreadyThere;
import org.fieldlift.field.ImportResult.Imported;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.field.ImportResult.Refused;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.trust.SigningKey;
import org.junit.jupiter.api.Test;

/// What a device does not take in, and what it says of it.
class ImportRefusalTest extends ImportBench {
  @Test
  void anUnsignedReleaseIsRefused() throws IOException {
    assertRefused(
        PackedRelease.of(tree, description(SEQUENCE), null),
        Refusal.NOT_GENUINE,
        "Nobody signed it");
  }

  @Test
  void aReleaseOfSomebodyElseIsRefused() throws IOException {
    SigningKey stranger = SigningKey.generate(temporary.resolve("stranger"), "x".toCharArray());
    assertRefused(
        PackedRelease.of(tree, description(SEQUENCE), stranger),
        Refusal.NOT_GENUINE,
        "Not genuine");
  }

  @Test
  void aChangedReleaseJsonIsRefused() throws IOException {
    PackedRelease release = genuine();
    byte[] json =
        new String(release.signed.json(), UTF_8)
            .replace("linux/arm64", "linux/amd64")
            .getBytes(UTF_8);
    release.signed = SignedRelease.of(json, release.signed.signature());
    assertRefused(release, Refusal.NOT_GENUINE, "Not genuine");
  }

  @Test
  void aSingleFileIsNothingForForklift() throws IOException {
    Path image = temporary.resolve("file");
    Trees.write(image, "disk.img", "bytes");
    Release file = description(SEQUENCE);
    Release description =
        new Release(
            Release.Kind.FILE,
            file.product(),
            file.version(),
            true,
            SEQUENCE,
            "any",
            file.createdAt(),
            null,
            List.of(),
            List.of(),
            List.of(),
            null);
    assertRefused(
        PackedRelease.of(image, description, lab), Refusal.WRONG_KIND, "not a Forklift bundle");
  }

  @Test
  void aReleaseForAnotherPlatformIsRefused() throws IOException {
    assertRefused(
        pack(PackedRelease.description(SEQUENCE, "linux/amd64", null)),
        Refusal.WRONG_PLATFORM,
        "is for linux/amd64 machines, but this device is linux/arm64");
  }

  @Test
  void anOlderReleaseIsRefusedAndTheSameSequenceIsNot() throws IOException {
    run(genuine(), true);
    assertRefused(
        pack(description(SEQUENCE - 1)),
        Refusal.OLDER,
        "is older than " + Trees.VERSION + ", which this device has already");
    assertThat(run(genuine(), true)).isInstanceOf(AlreadyThere.class);
    assertThat(run(pack(description(SEQUENCE + 1)), true)).isInstanceOf(AlreadyThere.class);
    assertRefused(genuine(), Refusal.OLDER, "is older than");
  }

  @Test
  void anExpiredReleaseIsRefusedAndTheClockIsNamed() throws IOException {
    now = Instant.parse("2100-01-01T00:00:00Z");
    Refused refused =
        assertRefused(
            pack(PackedRelease.description(SEQUENCE, "linux/arm64", NOW)),
            Refusal.EXPIRED,
            "was valid until 2026-05-12T08:30:00Z; by this device's clock it is"
                + " 2100-01-01T00:00:00Z");
    assertThat(refused.next()).contains("See whether the device's clock is right");
  }

  @Test
  void aClockOf1970DoesNotReviveAReleaseOlderThanASeenSignature() throws IOException {
    now = Instant.EPOCH;
    PackedRelease valid = pack(PackedRelease.description(SEQUENCE, "linux/arm64", NOW));
    DeviceState.open(memory).accept(description(1), NOW.plusSeconds(1));
    assertRefused(
        valid, Refusal.EXPIRED, "a release signed at 2026-05-12T08:30:01Z was here before");
  }

  @Test
  void aClockOf1970DoesNotStopAValidRelease() throws IOException {
    now = Instant.EPOCH;
    DeviceState.open(memory).accept(description(1), NOW);
    assertThat(run(pack(PackedRelease.description(SEQUENCE, "linux/arm64", NOW)), true))
        .isInstanceOf(Imported.class);
  }

  @Test
  void aReleaseThatDoesNotFitIsRefusedBeforeAnythingIsUnpacked() throws IOException {
    room = folder -> (5 << 20) + Room.MARGIN;
    PackedRelease release = genuine();
    release.onWalk = () -> assertThat(false).as("nothing is read").isTrue();
    assertRefused(release, Refusal.NO_SPACE, "but only 72.4 MB is free");
  }

  @Test
  void aDamagedPartIsRefusedAndTheStoreUntouched() throws IOException {
    PackedRelease release = genuine();
    for (byte[] part : release.parts) part[part.length / 2] ^= 0x55;
    assertRefused(release, Refusal.DAMAGED, "");
  }

  @Test
  void aMissingLastPartIsRefused() throws IOException {
    PackedRelease release = genuine();
    release.parts.removeLast();
    assertRefused(release, Refusal.DAMAGED, "");
  }

  @Test
  void partsOfAnotherReleaseAreRefused() throws IOException {
    Path other = Trees.bundle(temporary.resolve("other"));
    Files.writeString(other.resolve("exports/overlays/usr/bin/tool"), "#!/bin/su\n");
    PackedRelease release = genuine();
    release.parts.clear();
    release.parts.addAll(PackedRelease.of(other, description(SEQUENCE), lab).parts);
    assertRefused(release, Refusal.DAMAGED, "");
  }

  @Test
  void aDriveThatIsMissingIsTheDrivesFaultAndNotThatOfTheRelease() throws IOException {
    PackedRelease release = genuine();
    release.onWalk =
        () -> {
          throw Problem.drive("Drive 2 of 2 is missing.", "Plug in all drives of the set.");
        };
    assertRefused(release, Refusal.DRIVE, "Drive 2 of 2 is missing.");
  }

  @Test
  void whateverADriveThrowsIsARefusal() throws IOException {
    PackedRelease release = genuine();
    release.onWalk =
        () -> {
          throw new IllegalStateException("\u001b[2Jsurprise");
        };
    assertRefused(release, Refusal.DAMAGED, "drive FL-TEST01 cannot be read: <U+001B>[2Jsurprise");
  }

  @Test
  void aBundleOfAnotherPalletThanSignedIsRefused() throws IOException {
    Release signedAsOther =
        new Release(
            Release.Kind.FORKLIFT_BUNDLE,
            "git.example.org/lab/other",
            Trees.VERSION,
            true,
            SEQUENCE,
            "any",
            NOW,
            null,
            List.of(),
            List.of(),
            List.of(),
            null);
    assertRefused(
        pack(signedAsOther),
        Refusal.DAMAGED,
        "is signed as git.example.org/lab/other "
            + Trees.VERSION
            + ", but the bundle in it is git.example.org/lab/microscope");
  }

  @Test
  void aSignedBundleThatForkliftWouldTakeForEmptyIsRefused() throws IOException {
    Path empty = Trees.bundle(temporary.resolve("empty"), "forklift-version: v0.8.0-alpha.6\n");
    assertRefused(
        PackedRelease.of(empty, description(SEQUENCE), lab),
        Refusal.DAMAGED,
        "empty or was cut off");
  }
}
