package dev.penstock.server.access;

import dev.penstock.flow.store.AuditEntry;
import dev.penstock.flow.store.LoginAttempts;
import dev.penstock.flow.store.LoginAttempts.Subject;
import dev.penstock.flow.store.Role;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.User;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Logging in and out.
public final class Logins {
  private static final String COOKIE = "penstock-session";

  /// In place of the password of those who have none here.
  private static final String PROVIDED = "provided ";

  static final Duration IDLE = Duration.ofHours(12);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int MOST_BY_NAME = 10;
  private static final int MOST_BY_ADDRESS = 30;
  private static final int LONGEST_NAME = 128;

  private final Store store;
  private final LoginAttempts attempts;

  public Logins(Store store) {
    this.store = store;
    this.attempts = store.loginAttempts(WINDOW);
  }

  /// Begins a session.
  ///
  /// @return the cookie to be set; empty when the name or the password is wrong
  /// @throws Refused when there were too many attempts of late
  public Optional<String> login(Request request, String name, String password) {
    String kept = name.toLowerCase(Locale.ROOT);
    if (kept.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    if (!confirms(request, kept, password)) {
      audit(request, kept, "fail to log in");
      return Optional.empty();
    }
    return Optional.of(begin(request, kept));
  }

  /// Begins a session of somebody whom an identity provider has let in. Their user is made with
  /// their first login, and is nobody else's: not that of one who has a password, and not that of
  /// another subject of the same name.
  ///
  /// @param subject who they are, for ever
  /// @return the cookie to be set
  /// @throws Refused when the name is another's, or is no name
  public String loginFrom(Request request, String subject, String name, Role role) {
    String kept = named(name);
    String mark = PROVIDED + Tokens.hash(subject);
    store.users().create(kept, role, mark);
    if (!store.users().password(kept).equals(Optional.of(mark))) {
      audit(request, kept, "fail to log in");
      throw new Refused(
          409,
          "This name is taken",
          "there is another user " + kept + " on this server; an admin deletes one that is to go",
          List.of());
    }
    store
        .users()
        .find(kept)
        .filter(user -> user.role() != role)
        .ifPresent(_ -> {
          store.users().setRole(kept, role);
          audit(request, kept, "get role " + role.word());
        });
    return begin(request, kept);
  }

  private static String named(String name) {
    try {
      return User.named(name);
    } catch (IllegalArgumentException e) {
      throw new Refused(403, "This is not for you", String.valueOf(e.getMessage()), List.of());
    }
  }

  private String begin(Request request, String name) {
    String token = Tokens.random();
    store.loginSessions().open(Tokens.hash(token), name, LONGEST);
    audit(request, name, "log in");
    return cookie(request, token, LONGEST);
  }

  private boolean matches(String name, String password) {
    Optional<String> hash = store.users().password(name);
    if (hash.isEmpty() || hash.get().startsWith(PROVIDED)) {
      Passwords.pretend(password);
      return false;
    }
    return Passwords.matches(hash.get(), password);
  }

  private static Refused tooMany() {
    return new Refused(
        429,
        "Too many attempts to log in",
        "try again in "
            + WINDOW.toMinutes()
            + " minutes; penstock user passwd, on the server's machine, sets a password anew",
        List.of());
  }

  private void audit(Request request, String name, String action) {
    store.auditLog().write(new AuditEntry.Draft(name, action, "", request.address()));
  }

  /// Whether a password is that of a user who has logged in already.
  ///
  /// @throws Refused when there were too many attempts of late
  public boolean confirms(Request request, String name, String password) {
    Subject byName = new Subject("name " + name, MOST_BY_NAME);
    Subject byAddress = new Subject("address " + request.address(), MOST_BY_ADDRESS);
    if (!attempts.begin(List.of(byName, byAddress))) {
      throw tooMany();
    }
    boolean right = matches(name, password);
    if (right) {
      attempts.succeeded(byName, byAddress);
    }
    return right;
  }

  /// Ends the session of a request.
  ///
  /// @return the cookie to be set
  public String logout(Request request) {
    token(request).ifPresent(token -> store.loginSessions().close(Tokens.hash(token)));
    return cookie(request, "", Duration.ZERO);
  }

  /// The token of a session, if any came.
  static Optional<String> token(Request request) {
    return request.cookie(cookieOf(request));
  }

  /// By TLS one that no neighbour of the same domain can set in its place.
  private static String cookieOf(Request request) {
    return (request.secure() ? "__Host-" : "") + COOKIE;
  }

  private static String cookie(Request request, String token, Duration age) {
    return cookieOf(request)
        + "="
        + token
        + "; Path=/; Max-Age="
        + age.toSeconds()
        + "; HttpOnly; SameSite=Lax"
        + (request.secure() ? "; Secure" : "");
  }
}
