package org.fieldlift.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fieldlift.http.Access;
import org.fieldlift.http.HttpSite;
import org.fieldlift.http.ShownAddress;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Fields;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.Logins.Login;
import org.jspecify.annotations.Nullable;

/// Gets in at one repository of one registry: with a token, with a name and password, or, as long
/// as it is not asked, as nobody. What it says it says to that registry alone.
///
/// @see <a href="https://distribution.github.io/distribution/spec/auth/token/">token
///   authentication</a>
final class RegistryAccess implements Access {
  private static final String AUTHORIZATION = "Authorization";
  private static final int UNAUTHORIZED = 401;
  private static final int LARGEST_TOKEN = 256 << 10;
  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,200000}");
  private static final Pattern SCOPE = Pattern.compile("repository:[a-z0-9._/:-]{1,300}:pull");

  private final URI base;
  private final String host;
  private final String repository;
  private final RegistryWays ways;
  private final Logins logins;
  private volatile @Nullable String authorization;

  /// @param host by which the registry is known to people and to Docker's config
  RegistryAccess(URI base, String host, String repository, RegistryWays ways, Logins logins) {
    this.base = base;
    this.host = host;
    this.repository = repository;
    this.ways = ways;
    this.logins = logins;
  }

  @Override
  public Map<String, String> headers(URI at) {
    if (!isHere(at)) return Map.of();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", MediaTypes.ACCEPTED);
    String known = authorization;
    if (known != null) headers.put(AUTHORIZATION, known);
    return headers;
  }

  @Override
  public boolean trustsAnybody(URI at) {
    return at.getScheme().equalsIgnoreCase("https") && ways.isInsecure(authority(at));
  }

  /// What this request said counts: beside others it may have been sent before anybody was let in.
  @Override
  public synchronized boolean refused(
      URI at, Map<String, String> said, List<String> challenges, Cancellation cancellation)
      throws IOException {
    if (!isHere(at)) return false;
    String sent = said.get(AUTHORIZATION);
    String known = authorization;
    if (known != null && !known.equals(sent)) return true;
    List<Challenge> offered = Challenge.all(challenges);
    Optional<Challenge> bearer = find(offered, "bearer");
    if (bearer.isPresent()) {
      authorization = "Bearer " + token(bearer.get(), cancellation);
      return true;
    }
    if (find(offered, "basic").isEmpty()) return false;
    String basic =
        logins.at(host).filter(login -> !login.isIdentity()).orElseThrow(this::locked).basic();
    if (basic.equals(sent)) throw notAccepted(UNAUTHORIZED);
    authorization = basic;
    return true;
  }

  @Override
  public Problem shut(URI at, int status) {
    if (!isHere(at)) return Access.super.shut(at, status);
    String known = authorization;
    boolean isLoggedIn = known != null && known.startsWith("Basic ");
    return isLoggedIn && status == UNAUTHORIZED ? notAccepted(status) : closed(status);
  }

  private static Optional<Challenge> find(List<Challenge> offered, String scheme) {
    return offered.stream().filter(each -> each.scheme().equals(scheme)).findFirst();
  }

  private String token(Challenge challenge, Cancellation cancellation) throws IOException {
    URI realm = realm(challenge);
    Optional<Login> login = logins.at(host);
    boolean isIdentity = login.isPresent() && login.get().isIdentity();
    URI site = realm.resolve("/");
    HttpSite server = HttpSite.at(site, new TokenAccess(site, login));
    String path = realm.getPath().substring(1);
    String own = realm.getRawQuery() == null ? "" : realm.getRawQuery();
    String wanted = wanted(challenge);
    byte[] reply =
        isIdentity
            ? server.submitted(path, own, form(login.get(), wanted), LARGEST_TOKEN, cancellation)
            : server.answer(
                path, own.isEmpty() ? wanted : own + "&" + wanted, LARGEST_TOKEN, cancellation);
    Fields fields = Fields.read(reply, "The token of the registry " + PlainText.of(host));
    Optional<String> token = fields.optionalText("token");
    String found = token.isPresent() ? token.get() : fields.text("access_token");
    if (!TOKEN.matcher(found).matches()) throw fields.wrong("token", "a token");
    return found;
  }

  /// For what a token is wanted.
  private String wanted(Challenge challenge) {
    String service = challenge.parameters().get("service");
    String scope = challenge.parameters().getOrDefault("scope", "");
    if (!SCOPE.matcher(scope).matches()) scope = "repository:" + repository + ":pull";
    return (service == null ? "" : "service=" + escaped(service) + "&") + "scope=" + escaped(scope);
  }

  /// @see <a href="https://distribution.github.io/distribution/spec/auth/oauth/">OAuth 2.0 token
  ///   authentication</a>
  private static String form(Login login, String wanted) {
    return "grant_type=refresh_token&client_id=fieldlift&%s&refresh_token=%s"
        .formatted(wanted, escaped(login.password()));
  }

  /// Stops somebody who answers for the registry from having the password sent in the open.
  private URI realm(Challenge challenge) throws Problem {
    String text = challenge.parameters().getOrDefault("realm", "");
    try {
      URI realm = URI.create(text);
      String scheme = String.valueOf(realm.getScheme()).toLowerCase(Locale.ROOT);
      boolean isOpen = scheme.equals("http") && base.getScheme().equalsIgnoreCase("http");
      boolean isWhole = realm.getHost() != null && realm.getPath().length() > 1;
      if ((scheme.equals("https") || isOpen) && isWhole && realm.getRawUserInfo() == null) {
        return realm;
      }
    } catch (IllegalArgumentException e) {
      throw badRealm(text);
    }
    throw badRealm(text);
  }

  private Problem badRealm(String text) {
    return Problem.failed(
        "The registry %s sends us for a token to %s, which is not safe to follow."
            .formatted(PlainText.of(host), ShownAddress.of(text)),
        "Ask whoever runs the registry.");
  }

  private Problem locked() {
    return Problem.failed(
        "The registry %s wants a login for %s.".formatted(PlainText.of(host), repository),
        "Log in with: docker login " + PlainText.of(host));
  }

  private Problem notAccepted(int status) {
    return Problem.failed(
        "The registry %s does not accept the login from Docker's config.json for %s (status %d)."
            .formatted(PlainText.of(host), repository, status),
        "Log in again with: docker login " + PlainText.of(host));
  }

  /// Registries do not tell strangers what they have.
  private Problem closed(int status) {
    String name = PlainText.of(host);
    return Problem.failed(
        "There is no image %s at %s for you (status %d): it may not exist there, or needs a login."
            .formatted(repository, name, status),
        "Check its name, or log in with: docker login " + name);
  }

  private boolean isHere(URI at) {
    return isSame(at, base);
  }

  private static boolean isSame(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && authority(one).equals(authority(other));
  }

  /// Host and port, the usual port left out.
  static String authority(URI uri) {
    int usual = uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return uri.getPort() < 0 || uri.getPort() == usual ? host : host + ":" + uri.getPort();
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /// The way in at the server that gives out tokens.
  private final class TokenAccess implements Access {
    private final URI site;
    private final Optional<Login> login;

    private TokenAccess(URI site, Optional<Login> login) {
      this.site = site;
      this.login = login;
    }

    @Override
    public Map<String, String> headers(URI at) {
      if (login.isEmpty() || login.get().isIdentity() || !isSame(at, site)) return Map.of();
      return Map.of(AUTHORIZATION, login.get().basic());
    }

    @Override
    public boolean trustsAnybody(URI at) {
      return RegistryAccess.this.trustsAnybody(at);
    }

    @Override
    public Problem shut(URI at, int status) {
      if (!isSame(at, site)) return Access.super.shut(at, status);
      return login.isPresent() && status <= UNAUTHORIZED ? notAccepted(status) : closed(status);
    }
  }
}
