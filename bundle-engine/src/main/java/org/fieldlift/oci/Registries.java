package org.fieldlift.oci;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fieldlift.http.Access;
import org.fieldlift.http.HttpSite;
import org.fieldlift.io.Cancellation;

/// Finds the places where a repository's content may be had, the nearest first.
final class Registries {
  /// Opens the site at an address; a test's has less patience.
  @FunctionalInterface
  interface Sites {
    HttpSite at(URI base, Access access);
  }

  private final RegistryWays ways;
  private final Logins logins;
  private final Sites sites;
  private final Map<String, List<Repository>> known = new ConcurrentHashMap<>();
  private final Set<URI> silent = ConcurrentHashMap.newKeySet();

  Registries(RegistryWays ways, Logins logins, Sites sites) {
    this.ways = ways;
    this.logins = logins;
    this.sites = sites;
  }

  /// The mirrors of the reference's registry, then the registry itself.
  List<Repository> of(ImageReference reference, Cancellation cancellation) throws IOException {
    List<Repository> before = known.get(reference.name());
    if (before != null) return before;
    List<Repository> found = new ArrayList<>();
    for (URI mirror : ways.mirrorsOf(reference.registry())) {
      found.add(repository(mirror, RegistryAccess.authority(mirror), reference));
    }
    URI base = base(reference, cancellation);
    found.add(repository(base, reference.registry(), reference));
    known.put(reference.name(), found);
    return found;
  }

  private Repository repository(URI base, String host, ImageReference reference) {
    Access access = new RegistryAccess(base, host, reference.repository(), ways, logins);
    return new Repository(sites.at(base, access), "v2/" + reference.repository() + "/", silent);
  }

  /// Plain http only where that is allowed and spoken. What listens at a port of its own is asked
  /// in the open first: some servers wait for ever for the rest of what they take for a request.
  private URI base(ImageReference reference, Cancellation cancellation) throws IOException {
    String host = reference.registry();
    URI secure = Repository.registry(host, true);
    if (!ways.isInsecure(host)) return secure;
    URI open = Repository.registry(host, false);
    if (secure.getPort() < 0) return isRegistry(secure, cancellation) ? secure : open;
    return isRegistry(open, cancellation) ? open : secure;
  }

  /// As a registry answers that is open, or that wants to know who asks.
  private boolean isRegistry(URI base, Cancellation cancellation) throws IOException {
    Access nobody = new RegistryAccess(base, "", "", ways, _ -> Optional.empty());
    int status = sites.at(base.resolve("v2/"), nobody).status(cancellation).orElse(0);
    return status == 200 || status == 401;
  }
}
