package org.fieldlift.trust;

import java.io.IOException;

/// What signed bytes say of themselves, as far as a policy asks.
///
/// @param product whose release it is
/// @param sequence its place in the product's order
public record Claims(String product, long sequence) {

  /// Reads claims out of bytes whose signature has been checked, never before.
  @FunctionalInterface
  public interface Reader {
    Claims read(byte[] signed) throws IOException;
  }
}
