package org.fieldlift.http;

/// Follows the bytes of a download as they come, so that nobody has to read them again.
public interface Arriving {
  /// Nobody listens.
  Arriving UNHEARD =
      new Arriving() {
        @Override
        public void came(byte[] bytes, int offset, int length) {}

        @Override
        public void restarted() {}
      };

  /// The next bytes are in the file.
  void came(byte[] bytes, int offset, int length);

  /// The file begins anew, with what came before this run too.
  void restarted();
}
