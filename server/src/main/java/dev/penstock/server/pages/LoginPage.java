package dev.penstock.server.pages;

import dev.penstock.server.access.Logins;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where people log in, and out.
final class LoginPage {
  private final Site site;
  private final Logins logins;

  LoginPage(Site site, Logins logins) {
    this.site = site;
    this.logins = logins;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/login", request -> show(request, 200, request.query(), "")),
        Route.post("/login", this::login),
        Route.post(
            "/logout",
            request -> Answer.seeOther("/login").with("Set-Cookie", logins.logout(request))));
  }

  private Answer show(Request request, int status, Fields typed, String wrong) {
    Shell shell = site.bare(request, "Log in");
    Map<String, Object> values =
        Map.of(
            "name", typed.first("name").orElse(""),
            "next", next(typed),
            "wrong", wrong);
    return site.page(status, "login", shell, values);
  }

  /// Where somebody wanted to go: a page of this server, never another's.
  private static String next(Fields typed) {
    String next = typed.first("next").orElse("/");
    boolean here = next.startsWith("/") && next.chars().allMatch(c -> c > ' ' && c != '\\');
    return here && !next.startsWith("//") ? next : "/";
  }

  private Answer login(Request request) {
    Fields form = request.form();
    String name = form.first("name").orElse("");
    Optional<String> cookie = logins.login(request, name, form.raw("password").orElse(""));
    return cookie
        .map(set -> Answer.seeOther(next(form)).with("Set-Cookie", set))
        .orElseGet(
            () -> show(request, 401, form, "This name and this password do not belong together."));
  }
}
