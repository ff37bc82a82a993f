package dev.penstock.server.oidc;

import dev.penstock.flow.store.Role;
import dev.penstock.server.access.Logins;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Logging in by the identity provider: there with a challenge, back with a code, which the server
/// changes for what the provider says of whoever has logged in. Their role is what it claims, anew
/// with each login.
public final class OidcLogin {
  /// Where it begins.
  public static final String PATH = "/login/oidc";

  private static final System.Logger LOG = System.getLogger("dev.penstock.server");
  private static final String BACK = PATH + "/done";
  private static final String COOKIE = "penstock-login";
  private static final int SECONDS = 600;

  private final OidcSettings settings;
  private final Provider provider;
  private final Logins logins;

  public OidcLogin(OidcSettings settings, Logins logins, InstantSource clock) {
    this.settings = settings;
    this.provider = new Provider(settings, clock);
    this.logins = logins;
  }

  public List<Route> routes() {
    return List.of(Route.get(PATH, this::begin), Route.get(BACK, this::end));
  }

  /// The same where there is no identity provider.
  public static List<Route> absent() {
    Route.Handler none =
        _ -> {
          throw Refused.notFound("there is no identity provider here: log in with a password");
        };
    return List.of(Route.get(PATH, none), Route.get(BACK, none));
  }

  private Answer begin(Request request) {
    String wanted = request.query().first("next").orElse("/");
    Pending pending = Pending.begin(request.here(wanted));
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("response_type", "code");
    asked.put("client_id", settings.client());
    asked.put("redirect_uri", back(request));
    asked.put("scope", settings.scopes());
    asked.put("state", pending.state());
    asked.put("nonce", pending.nonce());
    asked.put("code_challenge", pending.challenge());
    asked.put("code_challenge_method", "S256");
    try {
      String there = provider.authorization().toString();
      String url = there + (there.contains("?") ? "&" : "?") + Provider.encoded(asked);
      return Answer.seeOther(url).with("Set-Cookie", cookie(request, pending.cookie(), SECONDS));
    } catch (OidcRefused e) {
      throw refused(e);
    }
  }

  private Answer end(Request request) {
    Pending pending =
        request
            .cookie(COOKIE)
            .flatMap(Pending::read)
            .filter(begun -> begun.isOf(request.query().first("state").orElse("")))
            .orElseThrow(
                () -> new Refused(400, "This login was not begun here", again(), List.of()));
    String code =
        request
            .query()
            .first("code")
            .orElseThrow(
                () -> new Refused(403, "The identity provider said no", again(), List.of()));
    IdToken token;
    try {
      token = provider.exchange(code, back(request), pending.verifier(), pending.nonce());
    } catch (OidcRefused e) {
      throw refused(e);
    }
    Map<String, ?> claims = token.claims();
    String name = String.valueOf(claims.get(settings.nameClaim()));
    Role role =
        settings
            .role(claims.get(settings.roleClaim()))
            .orElseThrow(() ->
                new Refused(
                    403,
                    "This is not for you",
                    "the identity provider gives " + name + " no role of this server",
                    List.of()));
    String subject = settings.issuer() + " " + claims.get("sub");
    String session = logins.loginFrom(request, subject, name, role);
    return Answer.seeOther(request.here(pending.next())).with("Set-Cookie", session);
  }

  private static String again() {
    return "begin anew at the page for logging in";
  }

  private static Refused refused(OidcRefused why) {
    LOG.log(System.Logger.Level.WARNING, "A login by the identity provider failed", why);
    return new Refused(
        502, "The identity provider cannot be used", "the log of the server says why", List.of());
  }

  private static String back(Request request) {
    return request.root() + BACK;
  }

  private static String cookie(Request request, String value, int seconds) {
    return COOKIE
        + "="
        + value
        + "; Path="
        + PATH
        + "; Max-Age="
        + seconds
        + "; HttpOnly; SameSite=Lax"
        + (request.secure() ? "; Secure" : "");
  }
}
