package org.fieldlift.release;

import java.io.IOException;

/// Signs the exact bytes of a `release.json`; yields the sigstore bundle to lie beside it.
@FunctionalInterface
public interface Signing {
  byte[] sign(byte[] json) throws IOException;
}
