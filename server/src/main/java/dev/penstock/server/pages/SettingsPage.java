package dev.penstock.server.pages;

import dev.penstock.data.Secret;
import dev.penstock.flow.store.ApiKeys;
import dev.penstock.flow.store.Retained;
import dev.penstock.flow.store.Role;
import dev.penstock.flow.store.User;
import dev.penstock.flow.store.Users;
import dev.penstock.server.access.NewKey;
import dev.penstock.server.access.Passwords;
import dev.penstock.server.access.Permissions;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who may use the server, users and keys of programs; and how long runs are kept.
final class SettingsPage {
  private static final Set<String> DAYS = Set.of("7", "30", "90", "365");

  private final Site site;
  private final Users users;
  private final ApiKeys keys;

  SettingsPage(Site site) {
    this.site = site;
    this.users = site.store().users();
    this.keys = site.store().apiKeys();
  }

  List<Route> routes() {
    return List.of(
        Route.get("/settings", request -> show(request, 200, Said.NOTHING)),
        Route.post("/settings/users", this::createUser),
        Route.post("/settings/users/{name}/role", this::setRole),
        Route.post("/settings/users/{name}/delete", this::deleteUser),
        Route.post("/settings/retention", this::setRetention),
        Route.post("/settings/keys", this::createKey),
        Route.post("/settings/keys/{name}/revoke", this::revokeKey));
  }

  /// What came of what was sent.
  ///
  /// @param key a new key, which is shown this once; empty for none
  /// @param wrongUser why no user was created; empty when nothing is wrong
  /// @param wrongKey why no key was made; empty when nothing is wrong
  /// @param typed the name that was to be that of the user or of the key
  private record Said(String key, String wrongUser, String wrongKey, String typed) {
    static final Said NOTHING = new Said("", "", "", "");
  }

  private Answer show(Request request, int status, Said said) {
    Retained now = site.store().retentionSetting().get();
    return show(
        request,
        status,
        said,
        EditForm.of(
            Map.of(
                "days", String.valueOf(now.age().toDays()),
                "perFlow", String.valueOf(now.perFlow()))));
  }

  private Answer show(Request request, int status, Said said, EditForm kept) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("users", users.list());
    values.put("keys", keys.list());
    values.put("scopes", List.copyOf(new Permissions().scopes().keySet()));
    values.put("key", said.key());
    values.put("wrongUser", said.wrongUser());
    values.put("wrongKey", said.wrongKey());
    values.put("typed", said.typed());
    values.put("me", request.who().name());
    values.put("kept", kept);
    Shell shell =
        site.shell(request, "Settings", "settings", List.of(new Shell.Crumb("Settings", "")));
    return site.page(status, "settings", shell, values);
  }

  private Answer createUser(Request request) {
    Fields form = request.form();
    String name = form.first("name").orElse("");
    try {
      String hash = Passwords.hash(Secret.of(form.raw("password").orElse("")));
      if (!users.create(name, role(form), hash)) {
        throw new IllegalArgumentException("there is a user \"" + name + "\" already");
      }
      return Answer.seeOther("/settings");
    } catch (IllegalArgumentException e) {
      return show(request, 422, new Said("", String.valueOf(e.getMessage()), "", name));
    }
  }

  private static Role role(Fields form) {
    return Role.of(form.first("role").orElse(""));
  }

  /// Nobody changes themselves, so that an admin is left.
  private String another(Request request) {
    String typed = request.variable("name");
    String name =
        users
            .find(typed)
            .map(User::name)
            .orElseThrow(() -> Refused.notFound("there is no user " + typed));
    if (name.equals(request.who().name())) {
      throw Refused.conflict(
          "nobody changes their own role or deletes themselves: ask another admin");
    }
    return name;
  }

  private Answer setRole(Request request) {
    String name = another(request);
    try {
      users.setRole(name, role(request.form()));
    } catch (IllegalArgumentException e) {
      throw Refused.badField("role", String.valueOf(e.getMessage()));
    }
    return Answer.seeOther("/settings");
  }

  private Answer deleteUser(Request request) {
    users.delete(another(request));
    return Answer.seeOther("/settings");
  }

  private Answer setRetention(Request request) {
    EditForm typed = EditForm.of(request.form());
    EditForm checked = typed;
    for (String field : List.of("days", "perFlow")) {
      String text = typed.value(field);
      if (!text.matches("[1-9][0-9]{0,4}")) {
        checked =
            checked.wrong(
                field,
                "\"" + text + "\" is not how many: write a number from 1 to 99999, such as 30");
      }
    }
    if (!checked.wrongs().isEmpty()) {
      return show(request, 422, Said.NOTHING, checked);
    }
    site.store()
        .retentionSetting()
        .set(
            Duration.ofDays(Integer.parseInt(typed.value("days"))),
            Integer.parseInt(typed.value("perFlow")));
    return Answer.seeOther("/settings");
  }

  private Answer createKey(Request request) {
    Fields form = request.form();
    String days = form.first("days").orElse("");
    try {
      if (!days.isEmpty() && !DAYS.contains(days)) {
        throw new IllegalArgumentException("\"" + days + "\" is none of the times to choose from");
      }
      Duration lasts = days.isEmpty() ? null : Duration.ofDays(Long.parseLong(days));
      String key =
          NewKey.make(
              keys,
              form.first("name").orElse(""),
              new NewKey.Grant(role(form), form.all("scope")),
              request.who().name(),
              lasts);
      return show(request, 200, new Said(key, "", "", ""));
    } catch (IllegalArgumentException e) {
      String typed = form.first("name").orElse("");
      return show(request, 422, new Said("", "", String.valueOf(e.getMessage()), typed));
    }
  }

  private Answer revokeKey(Request request) {
    String name = request.variable("name");
    if (!keys.revoke(name)) {
      throw Refused.notFound("there is no key " + name);
    }
    return Answer.seeOther("/settings");
  }
}
