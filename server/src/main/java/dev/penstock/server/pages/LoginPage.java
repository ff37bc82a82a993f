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
  private final boolean provided;

  /// @param provided whether people may log in by an identity provider
  LoginPage(Site site, Logins logins, boolean provided) {
    this.site = site;
    this.logins = logins;
    this.provided = provided;
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
            "name",
            typed.first("name").orElse(""),
            "next",
            next(request, typed),
            "provided",
            provided,
            "wrong",
            wrong);
    return site.page(status, "login", shell, values);
  }

  private static String next(Request request, Fields typed) {
    return request.here(typed.first("next").orElse("/"));
  }

  private Answer login(Request request) {
    Fields form = request.form();
    String name = form.first("name").orElse("");
    Optional<String> cookie = logins.login(request, name, form.raw("password").orElse(""));
    return cookie
        .map(set -> Answer.seeOther(next(request, form)).with("Set-Cookie", set))
        .orElseGet(
            () -> show(request, 401, form, "This name and this password do not belong together."));
  }
}
