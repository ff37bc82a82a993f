package dev.penstock.server.access;

import dev.penstock.flow.store.ApiKey;
import dev.penstock.flow.store.AuditEntry;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.User;
import dev.penstock.server.web.Admission;
import dev.penstock.server.web.Guard;
import dev.penstock.server.web.Identity;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The one place where it is decided who makes a request and whether they may, and where changes
/// are noted. Where there are no users nobody logs in, and whoever is on this machine may do
/// everything.
public final class Gate implements Admission {
  private static final String BEARER = "bearer ";

  /// What forms are sent with, and scripts in a header.
  private static final String TOKEN_FIELD = "csrf";

  private static final String TOKEN_HEADER = "x-csrf-token";

  private final Store store;
  private final Permissions permissions;
  private final boolean exposed;

  /// @param exposed whether others than this machine reach the server: then everybody logs in, also
  ///   after the last user was deleted
  public Gate(Store store, Permissions permissions, boolean exposed) {
    this.store = store;
    this.permissions = permissions;
    this.exposed = exposed;
  }

  @Override
  public Identity identify(Request request) {
    if (!exposed && !store.users().any()) {
      Guard.checkName(request);
      return Identity.LOCAL;
    }
    String authorization = request.header().apply("authorization").orElse("");
    if (authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return key(authorization.substring(BEARER.length()).strip());
    }
    return Logins.token(request)
        .filter(token -> !token.isEmpty())
        .flatMap(this::session)
        .orElse(Identity.NOBODY);
  }

  private Identity key(String key) {
    ApiKey found =
        store
            .apiKeys()
            .use(Tokens.hash(key))
            .orElseThrow(
                () -> unauthorized("this key is not known, or has expired: penstock api-key ls"));
    return Identity.key(found.name(), found.role(), Set.copyOf(found.scopes()));
  }

  private Optional<Identity> session(String token) {
    Optional<User> user = store.loginSessions().use(Tokens.hash(token), Logins.IDLE);
    return user.map(
        found -> new Identity(found.name(), found.role(), Set.of(), Tokens.ofForms(token)));
  }

  private static Refused unauthorized(String detail) {
    return new Refused(401, "Log in first", detail, List.of());
  }

  @Override
  public void admit(Request request, @Nullable Route route) {
    Permissions.Needed needed = permissions.of(route);
    Identity who = request.who();
    if (needed.role() != null && !who.may(needed.role())) {
      if (who.role() == null) {
        throw unauthorized("programs send a key: Authorization: Bearer KEY");
      }
      throw new Refused(
          403,
          "This is not for you",
          "it needs the role " + needed.role().word() + ", " + who.name() + " is " + word(who),
          List.of());
    }
    if (needed.role() != null && !inScope(who, needed.scope())) {
      throw new Refused(403, "This is not for you", beyond(who, needed.scope()), List.of());
    }
    Guard.checkOrigin(request);
    String token = who.formToken();
    if (token != null && !Guard.reads(request) && !Tokens.same(token, sent(request))) {
      throw new Refused(
          403,
          "This form is of another session",
          "load the page again, and send it anew",
          List.of());
    }
  }

  private static boolean inScope(Identity who, String scope) {
    return who.scopes().isEmpty() || scope.equals(Permissions.EACH) || who.scopes().contains(scope);
  }

  private static String beyond(Identity who, String scope) {
    String needed =
        scope.equals(Permissions.NONE)
            ? "it is not for keys with scopes"
            : "it needs the scope " + scope;
    return needed + ", " + who.name() + " has " + String.join(", ", new TreeSet<>(who.scopes()));
  }

  private static String word(Identity who) {
    return who.role() == null ? "nobody" : who.role().word();
  }

  private static String sent(Request request) {
    return request
        .header()
        .apply(TOKEN_HEADER)
        .or(() -> request.isForm() ? request.form().first(TOKEN_FIELD) : Optional.empty())
        .orElse("");
  }

  @Override
  public void done(Request request, Route route) {
    Permissions.Needed needed = permissions.of(route);
    if (needed.action().isEmpty()) {
      return;
    }
    store
        .auditLog()
        .write(
            new AuditEntry.Draft(
                request.who().name(),
                needed.action(),
                subject(request, needed.noted()),
                request.address()));
  }

  /// A field of what was sent as JSON, or with a point, one of an object in it.
  private static List<String> noted(Map<?, ?> json, String field) {
    int point = field.indexOf('.');
    if (point > 0) {
      return json.get(field.substring(0, point)) instanceof Map<?, ?> inner
          ? noted(inner, field.substring(point + 1))
          : List.of();
    }
    return json.get(field) instanceof String text ? List.of(text) : List.of();
  }

  /// The path, and the fields that say what it is about; never anything else of what was sent.
  private static String subject(Request request, List<String> noted) {
    StringBuilder subject = new StringBuilder(request.path());
    for (String field : noted) {
      List<String> values =
          request.isForm() ? request.form().all(field) : noted(request.json(), field);
      values.forEach(value -> subject.append(' ').append(value));
    }
    return subject.toString();
  }
}
