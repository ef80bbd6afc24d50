package org.fieldlift.drive.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.fieldlift.io.Problem;
import org.junit.jupiter.api.Test;

class ParsersTest {
  @Test
  void aMountHasItsNumberPointAndSource() throws Problem {
    assertThat(
            Mount.parse(
                List.of(
                    "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root"
                        + " rw,errors=continue",
                    "390 28 8:33 / /media/a\\040b\\134c rw shared:2 shared:3 - vfat /dev/sdc1 rw",
                    "42 28 0:40 / /srv rw - nfs4 host:/srv")))
        .containsExactly(
            new Mount("98:0", "/mnt2", "/dev/root"),
            new Mount("8:33", "/media/a b\\c", "/dev/sdc1"),
            new Mount("0:40", "/srv", "host:/srv"));
  }

  @Test
  void aLineThatMakesNoSenseIsNotSkipped() {
    for (String line : List.of("", "36 35 98:0 / /", "a b c d e f g - h i", "1 2 8:1 / / rw ext4"))
      assertThatThrownBy(() -> Mount.parse(List.of(line))).as(line).isInstanceOf(Problem.class);
  }

  @Test
  void onlyMountsOfPeoplesDrivesAreForeign() {
    assertThat(new Mount("8:1", "/media/anna/STICK", "/dev/sda1").isForeignDrive()).isTrue();
    assertThat(new Mount("8:1", "/run/media/anna/STICK", "/dev/sda1").isForeignDrive()).isTrue();
    assertThat(new Mount("8:1", "/mnt", "/dev/sda1").isForeignDrive()).isTrue();
    assertThat(new Mount("8:1", "/mntx", "/dev/sda1").isForeignDrive()).isFalse();
    assertThat(new Mount("8:1", "/", "/dev/sda1").isForeignDrive()).isFalse();
  }

  @Test
  void swapFilesAreLeftToTheirDisksMount() {
    assertThat(
            Swaps.devices(
                List.of(
                    "Filename Type Size Used Priority",
                    "/var/swap file 524284 0 -2",
                    "/dev/dm-2   partition\t16777212\t0\t-2",
                    "/dev/disk\\040one partition 1 0 -3")))
        .containsExactly("/dev/dm-2", "/dev/disk one");
    assertThat(Swaps.devices(List.of())).isEmpty();
  }

  @Property(tries = 100)
  void deviceNumbersAreUnpackedAsTheyWerePacked(
      @ForAll @LongRange(max = 0xffffffffL) long major,
      @ForAll @LongRange(max = 0xffffffffL) long minor) {
    long packed =
        ((major & 0xfffL) << 8)
            | ((major & ~0xfffL) << 32)
            | (minor & 0xffL)
            | ((minor & ~0xffL) << 12);
    assertThat(DeviceNumber.text(packed)).isEqualTo(major + ":" + minor);
  }
}
