package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.provision.Plan;

/// Drives: what is plugged in, what goes onto them, and writing it.
public interface DriveDesk {
  /// What a drive holds.
  enum Holds {
    /// Nothing.
    NEW,
    /// What Fieldlift wrote, whole.
    OURS,
    /// Somebody's files.
    FOREIGN,
    /// It cannot be used; see [Tile#words].
    UNUSABLE
  }

  /// A drive as the dock shows it.
  ///
  /// @param code "FL-7K3QX2"; empty unless it is ours
  /// @param used bytes
  /// @param words one sentence about its state
  record Tile(
      Path path,
      boolean isVirtual,
      String model,
      long size,
      long used,
      Holds holds,
      String code,
      String words) {}

  /// Drives of this station, in a fixed order.
  List<Tile> list() throws IOException;

  /// Makes a virtual drive (a regular file) and lists it from now on.
  ///
  /// @param size bytes, rounded down to whole sectors
  Tile addVirtual(Path file, long size) throws IOException;

  /// Lists a virtual drive no more; the file stays.
  void forgetVirtual(Path file) throws IOException;

  /// @param releases ids, their beginnings, or names; a name that fits several platforms means the
  ///   releases for those of the devices
  /// @param devices ids of devices; may be empty
  /// @param drives paths
  /// @param newSize bytes of the virtual drives among them that are not there yet; [#write] makes
  ///   those that are used. Empty: every drive must be there
  /// @param spread empty: every drive holds everything when it can, else the drives share the load
  /// @param largestPiece bytes; empty for the default of 2047 MiB
  /// @param allowOlder plan a release although a device has a newer one, or although it is expired;
  ///   needs a reason
  /// @param reason why; must not be empty then
  record PlanOrder(
      List<String> releases,
      List<String> devices,
      List<Path> drives,
      Optional<Long> newSize,
      Optional<Plan.Spread> spread,
      Optional<Long> largestPiece,
      boolean allowOlder,
      String reason) {}

  /// Works out what goes where. Writes nothing.
  ///
  /// @throws org.fieldlift.io.Problem when a release is not genuine, not for a device, older than
  ///   what a device has, or expired
  Plan plan(PlanOrder order) throws IOException;

  /// Makes the used virtual drives that are not there yet and starts writing: one lane per used
  /// drive, all at once. Everything on them will be gone.
  ///
  /// @param reason why an older or expired release is delivered, for the ledger; empty otherwise
  Writing write(Plan plan, String reason, Progress progress, Cancellation cancellation)
      throws IOException;

  /// Work in progress; look as often as you like.
  interface Writing {
    /// The lanes as they are now, in the plan's order.
    List<LaneState> lanes();

    /// Stops one lane; the others go on.
    void stop(int lane);

    boolean isFinished();

    /// Waits until every lane has ended and the ledger was told.
    List<LaneState> await() throws InterruptedException;

    /// Why the ledger does not know how a lane ended; empty when it knows of all that have.
    Optional<Problem> unrecorded();
  }

  /// Where a lane is.
  enum Phase {
    WAITING,
    WRITING,
    CHECKING,
    DONE,
    FAILED,
    STOPPED
  }

  /// @param total bytes to write; as many are read back
  /// @param step what is being written or checked, in words
  /// @param message what happened, when failed
  /// @param next what to do now, when failed
  record LaneState(
      String code,
      Path target,
      Phase phase,
      long total,
      long written,
      long checked,
      String step,
      String message,
      String next,
      Duration writing,
      Duration checking) {}

  /// A file on a drive of ours.
  record HeldFile(String path, long size, Digest sha256) {}

  /// What a drive of ours says of itself.
  ///
  /// @param signature whether `drive.json` is signed by this station, another one, or not at all
  record Contents(
      String code,
      String set,
      int number,
      int of,
      String station,
      String time,
      List<String> releases,
      List<String> devices,
      List<HeldFile> files,
      String signature) {}

  /// @param drive a virtual drive, a block device, or the folder where a drive is mounted
  Contents show(Path drive) throws IOException;

  /// What checking a drive found.
  ///
  /// @param faults sentences about what is wrong; empty when everything is right
  /// @param signature whether `drive.json` is signed by this station, another one, or not at all
  /// @param isSignedHere by this station; otherwise the files are only what an unproven list says
  record Checked(List<String> faults, String signature, boolean isSignedHere) {
    public boolean isRight() {
      return faults.isEmpty();
    }
  }

  /// Reads every file of a drive and compares it with what the drive should hold.
  Checked verify(Path drive, Progress progress, Cancellation cancellation) throws IOException;
}
