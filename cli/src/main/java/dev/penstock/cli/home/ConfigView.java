package dev.penstock.cli.home;

import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.data.Profiles;
import dev.penstock.data.Redaction;
import dev.penstock.flow.remote.ServerUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock config view`.
@Command(
    name = "view",
    description =
        "Shows each setting, and the variable or profile it is from. Passwords are left out.",
    footer = {"%nExample:", "  penstock config view --output json"})
final class ConfigView implements Callable<Integer> {
  private static final Listing<Setting> LISTING =
      new Listing<>(
          "no settings",
          List.of(
              new Listing.Column<>("SETTING", Setting::name),
              new Listing.Column<>("VALUE", Setting::value),
              new Listing.Column<>("FROM", Setting::from)),
          Setting::json);

  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  ConfigView(Session session) {
    this.session = session;
  }

  /// @param from the variable it is from, or the profile, or `default`
  private record Setting(String name, String value, String from) {
    SequencedMap<String, @Nullable Object> json() {
      SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("value", value);
      json.put("from", from);
      return json;
    }
  }

  @Override
  public Integer call() {
    List<Setting> settings = new ArrayList<>();
    settings.add(setting("home", session.home(), "PENSTOCK_HOME"));
    settings.add(
        session
            .server()
            .map(server -> setting("server", Redaction.url(server.toString()), ServerUrl.URL))
            .orElseGet(() -> setting("store", session.storeUrl(), "PENSTOCK_STORE")));
    settings.add(setting("results", session.resultDirectory(), "PENSTOCK_RESULTS"));
    new TreeMap<>(session.environment())
        .forEach((name, value) -> {
          if (name.startsWith(ConfigCommand.CONNECTION)) {
            String connection = name.substring(ConfigCommand.CONNECTION.length());
            settings.add(new Setting("connection " + connection, Redaction.url(value), from(name)));
          }
        });
    LISTING.print(session, output, settings);
    return 0;
  }

  private Setting setting(String name, Object value, String variable) {
    return new Setting(name, value.toString(), from(variable));
  }

  private String from(String variable) {
    if (!session.variables().getOrDefault(variable, "").isBlank()) {
      return variable;
    }
    return session.environment().getOrDefault(variable, "").isBlank()
        ? "default"
        : "profile " + new Profiles(session.home()).active(session.variables());
  }
}
