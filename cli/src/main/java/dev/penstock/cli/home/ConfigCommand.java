package dev.penstock.cli.home;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Members;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.data.DidYouMean;
import dev.penstock.data.Profiles;
import dev.penstock.flow.remote.ServerUrl;
import dev.penstock.flow.store.StoreUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock config`: the settings of the profile in use.
@Command(
    name = "config",
    description = {
      "Shows and changes settings. They are environment variables,",
      "or else they are those of the profile in use."
    },
    footer = {
      "%nExamples:",
      "  penstock config view",
      "  penstock config set PENSTOCK_STORE=jdbc:postgresql://db/penstock"
    },
    subcommands = ConfigView.class)
public final class ConfigCommand {
  static final String CONNECTION = "PENSTOCK_CONNECTION_";

  private static final String STORE = "PENSTOCK_STORE";
  private static final List<String> NAMES = List.of(STORE, "PENSTOCK_RESULTS", ServerUrl.URL);

  private final Session session;
  private final Profiles profiles;

  ConfigCommand(Session session) {
    this.session = session;
    this.profiles = new Profiles(session.home());
  }

  @Command(name = "set", description = "Changes settings of a profile.")
  void set(
      @Parameters(paramLabel = "NAME=VALUE", arity = "1..*", description = "The settings.")
          List<String> settings,
      @Option(names = "--profile", paramLabel = "PROFILE", description = "That in use if not said.")
          @Nullable String profile,
      @Mixin OutputOption output) {
    Map<String, String> wanted = new TreeMap<>();
    for (String each : settings) {
      int at = each.indexOf('=');
      if (at < 1) {
        throw new IllegalArgumentException(
            "a setting is given as NAME=VALUE, such as"
                + " PENSTOCK_STORE=jdbc:postgresql://db/penstock");
      }
      wanted.put(known(each.substring(0, at)), each.substring(at + 1));
    }
    if (wanted.containsKey(STORE)) {
      var unused = new StoreUrl(wanted.get(STORE));
    }
    change(profile, wanted, List.of(), output);
  }

  @Command(name = "unset", description = "Takes settings out of a profile.")
  void unset(
      @Parameters(paramLabel = "NAME", arity = "1..*", description = "The settings.")
          List<String> names,
      @Option(names = "--profile", paramLabel = "PROFILE", description = "That in use if not said.")
          @Nullable String profile,
      @Mixin OutputOption output) {
    change(profile, Map.of(), names, output);
  }

  private static String known(String name) {
    if (!NAMES.contains(name)
        && !(name.startsWith(CONNECTION) && name.length() > CONNECTION.length())) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" is no setting of a profile"
              + DidYouMean.hint(name, NAMES)
              + " There are "
              + String.join(", ", NAMES)
              + " and PENSTOCK_CONNECTION_<NAME>; anything else is for the environment");
    }
    return name;
  }

  private void change(
      @Nullable String profile,
      Map<String, String> wanted,
      List<String> unwanted,
      OutputOption output) {
    String name = profile == null ? profiles.active(session.variables()) : profile;
    Map<String, String> settings = new TreeMap<>(profiles.settings(name));
    for (String each : unwanted) {
      if (settings.remove(each) == null) {
        throw new CommandFailed(
            "profile \"" + name + "\" has no " + each + DidYouMean.hint(each, settings.keySet()));
      }
    }
    settings.putAll(wanted);
    profiles.write(name, settings);
    List<String> changed = new ArrayList<>(wanted.isEmpty() ? unwanted : wanted.keySet());
    output.done(
        session.out(),
        (wanted.isEmpty() ? "Unset " : "Set ") + String.join(", ", changed) + " in profile " + name,
        Members.of("profile", name, "settings", settings.keySet().stream().toList()));
    changed.stream()
        .filter(each -> !session.variables().getOrDefault(each, "").isBlank())
        .forEach(each ->
            session.note("note: the environment sets " + each + ", which goes before profiles"));
  }
}
