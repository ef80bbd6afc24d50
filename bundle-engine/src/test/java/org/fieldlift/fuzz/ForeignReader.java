package org.fieldlift.fuzz;

/// A reader of foreign bytes, as the fuzzer sees it.
///
/// It ends well, or with a [org.fieldlift.io.Problem]; anything else that is thrown is a finding.
/// What was read well may be held to more: an [AssertionError] is a finding too.
@FunctionalInterface
public interface ForeignReader {
  void read(byte[] bytes) throws Exception;

  /// Fails with a finding unless both are the same.
  static void requireSame(Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new AssertionError("read back differently:\n" + expected + "\n" + found);
    }
  }
}
