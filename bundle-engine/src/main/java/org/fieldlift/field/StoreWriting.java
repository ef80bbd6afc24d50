package org.fieldlift.field;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.file.Path;
import org.fieldlift.archive.Entry;
import org.fieldlift.archive.EntrySink;
import org.fieldlift.archive.Unpacker;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.Problem;

/// Unpacks into the store and marks what goes wrong there, so that a full card of the device is not
/// taken for a damaged drive.
record StoreWriting(Unpacker unpacker, Path store) implements EntrySink {

  @Override
  public void directory(Entry entry) throws IOException {
    marked(() -> unpacker.directory(entry));
  }

  @Override
  public void symlink(Entry entry) throws IOException {
    marked(() -> unpacker.symlink(entry));
  }

  @Override
  public OutputStream file(Entry entry) throws IOException {
    OutputStream[] file = {OutputStream.nullOutputStream()};
    marked(() -> file[0] = unpacker.file(entry));
    return new FilterOutputStream(file[0]) {
      @Override
      public void write(int single) throws IOException {
        marked(() -> out.write(single));
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        marked(() -> out.write(bytes, offset, length));
      }

      @Override
      public void close() throws IOException {
        marked(out::close);
      }
    };
  }

  /// All entries came; modes and durability are left.
  void finish() throws IOException {
    marked(unpacker::finish);
  }

  private void marked(Step step) throws IOException {
    try {
      step.run();
    } catch (Problem said) {
      throw said;
    } catch (IOException e) {
      throw new Fault(store, e);
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /// The store could not be written; the release is not to blame.
  static final class Fault extends IOException {
    @Serial private static final long serialVersionUID = 1;
    private final transient Problem problem;

    Fault(Path store, IOException cause) {
      super(cause);
      problem =
          new Problem(
              Problem.Kind.DRIVE,
              "This device could not write to "
                  + store
                  + ". "
                  + DiskTrouble.with(store, cause).what(),
              "See whether its card is full or broken, then import again.",
              cause);
    }

    Problem problem() {
      return problem;
    }
  }
}
