package dev.penstock.server.pages;

import dev.penstock.data.Secret;
import dev.penstock.server.access.Logins;
import dev.penstock.server.access.Passwords;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.List;
import java.util.Map;

/// The page of whoever is logged in: who they are, and another password.
final class AccountPage {
  private final Site site;
  private final Logins logins;

  AccountPage(Site site, Logins logins) {
    this.site = site;
    this.logins = logins;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/account", request -> show(request, 200, "")),
        Route.post("/account/password", this::change));
  }

  private Answer show(Request request, int status, String wrong) {
    Shell shell =
        site.shell(request, "Account", "account", List.of(new Shell.Crumb("Account", "")));
    return site.page(status, "account", shell, Map.of("wrong", wrong));
  }

  /// All sessions end, also this one: whoever set the password logs in with it.
  private Answer change(Request request) {
    String name = request.who().name();
    Fields form = request.form();
    if (!request.who().session()) {
      throw Refused.conflict("nobody is logged in whose password could be changed");
    }
    if (!logins.confirms(request, name, form.raw("password").orElse(""))) {
      return show(request, 422, "This is not the password that you have now.");
    }
    try {
      String hash = Passwords.hash(Secret.of(form.raw("new").orElse("")));
      site.store().users().setPassword(name, hash);
      return Answer.seeOther("/login?name=" + name);
    } catch (IllegalArgumentException e) {
      return show(request, 422, String.valueOf(e.getMessage()));
    }
  }
}
