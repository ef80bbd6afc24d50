package org.fieldlift.release;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Progress;

/// A web server with an `index.json`.
final class HttpSource implements Source {
  private final String name;
  private final URI base;

  HttpSource(String name, URI base) {
    this.name = name;
    this.base = base;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String location() {
    return base.toString();
  }

  @Override
  public List<Offer> look(Cancellation cancellation) throws IOException {
    throw new UnsupportedOperationException("look");
  }

  @Override
  public SignedRelease head(Offer offer, Cancellation cancellation) throws IOException {
    throw new UnsupportedOperationException("head");
  }

  @Override
  public StoredRelease fetch(
      Offer offer,
      SignedRelease judged,
      ReleaseStore store,
      Progress progress,
      Cancellation cancellation)
      throws IOException {
    throw new UnsupportedOperationException("fetch");
  }
}
