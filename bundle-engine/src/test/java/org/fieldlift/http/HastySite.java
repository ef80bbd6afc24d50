package org.fieldlift.http;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/// A site as a client sees it that waits in no time.
public final class HastySite {
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private HastySite() {}

  public static HttpSite at(URI base, Access access) {
    HttpGet http = new HttpGet(new Egress(Map.of()), SILENCE, Clock.systemUTC(), access);
    return new HttpSite(base, http, new Patience(_ -> {}, new Random(1)));
  }
}
