package org.fieldlift.field;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.fieldlift.archive.ArchiveCheck;
import org.fieldlift.archive.Entry;
import org.fieldlift.archive.EntrySink;
import org.fieldlift.field.ImportResult.Refusal;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.release.OpenRelease;

/// Every byte of a release on its way from the drive, compared with what was signed. Whatever goes
/// wrong there, the release is not believed; only a fault of the store itself is one of the device.
///
/// @param entries what was signed
record Reading(OpenRelease source, List<Entry> entries) {

  /// Why the release cannot be believed.
  ///
  /// @param refusal whether the drive is at fault or what was brought
  /// @param next what to do now
  record Damage(Refusal refusal, String why, String next) {}

  /// The last step of writing, once every entry came.
  @FunctionalInterface
  interface End {
    void reached() throws IOException;
  }

  /// @param sink gets the entries, each already compared with what was signed
  /// @return nothing when all was right
  Optional<Damage> into(EntrySink sink, End end, Progress progress, Cancellation cancellation)
      throws IOException {
    try {
      progress.expect(source.archiveSize());
      ArchiveCheck check = new ArchiveCheck(entries, sink, progress, cancellation);
      source.walk(raw -> check.part(raw, OutputStream.nullOutputStream()));
      check.finish();
      end.reached();
      return Optional.empty();
    } catch (StoreWriting.Fault fault) {
      throw fault.problem();
    } catch (Cancellation.Cancelled cancelled) {
      throw cancelled;
    } catch (Problem problem) {
      boolean isDrive = problem.kind() == Problem.Kind.DRIVE;
      Refusal refusal = isDrive ? Refusal.DRIVE : Refusal.DAMAGED;
      return Optional.of(new Damage(refusal, problem.what(), problem.next()));
    } catch (IOException | RuntimeException e) {
      return Optional.of(
          new Damage(
              e instanceof IOException ? Refusal.DRIVE : Refusal.DAMAGED,
              "%s cannot be read: %s."
                  .formatted(source.where(), PlainText.of(String.valueOf(e.getMessage()))),
              "Plug it in again; if that does not help, have it written again."));
    }
  }
}
