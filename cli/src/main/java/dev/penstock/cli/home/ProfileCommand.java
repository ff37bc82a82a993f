package dev.penstock.cli.home;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.data.Profiles;
import dev.penstock.data.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock profile`: sets of settings by name.
@Command(
    name = "profile",
    aliases = "profiles",
    description = {
      "Shows and changes profiles: sets of settings by name, of which one is in use.",
      "PENSTOCK_PROFILE chooses another for one process."
    },
    footer = {
      "%nExamples:",
      "  penstock profile create prod",
      "  penstock config set PENSTOCK_STORE=jdbc:postgresql://db/penstock --profile prod",
      "  penstock profile use prod"
    })
public final class ProfileCommand {
  private final Session session;
  private final Profiles profiles;
  private final Noun noun;

  ProfileCommand(Session session) {
    this.session = session;
    this.profiles = new Profiles(session.home());
    this.noun = new Noun(session, "profile", profiles::names, _ -> "penstock profile ls shows all");
  }

  private SequencedMap<String, @Nullable Object> json(String name) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("inUse", name.equals(active()));
    json.put("settings", profiles.settings(name).keySet().stream().toList());
    return json;
  }

  private String active() {
    return profiles.active(session.variables());
  }

  @Command(name = "ls", description = "Lists profiles, and which is in use.")
  void ls(@Mixin OutputOption output) {
    Listing.of(session, "there is no profile", this::json, "name", "inUse", "settings")
        .print(session, output, profiles.names());
  }

  @Command(name = "inspect", description = "Shows the settings of a profile, without passwords.")
  void inspect(
      @Parameters(paramLabel = "NAME", description = "The profile.") String name,
      @Mixin OutputOption output) {
    noun.require(profiles.names().contains(name), name);
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("inUse", name.equals(active()));
    profiles.settings(name).forEach((setting, value) -> json.put(setting, Redaction.url(value)));
    output.thing(session.out(), json);
  }

  @Command(name = "create", description = "Makes a profile.")
  void create(
      @Parameters(paramLabel = "NAME", description = "Its name.") String name,
      @Option(
              names = "--from",
              paramLabel = "PROFILE",
              description = "With the settings of this one.")
          @Nullable String from,
      @Mixin OutputOption output) {
    if (profiles.names().contains(name)) {
      throw noun.taken(name);
    }
    profiles.write(name, from == null ? Map.of() : profiles.settings(from));
    noun.done(output, "Created", name);
  }

  @Command(name = "use", description = "Lets commands and runs use a profile from now on.")
  void use(
      @Parameters(paramLabel = "NAME", description = "The profile.") String name,
      @Mixin OutputOption output) {
    noun.require(profiles.names().contains(name), name);
    profiles.use(name);
    noun.done(output, "Using", name);
  }

  @Command(name = "delete", aliases = "rm", description = "Deletes a profile that is not in use.")
  void delete(
      @Parameters(paramLabel = "NAME", description = "The profile.") String name,
      @Mixin OutputOption output) {
    if (name.equals(active())) {
      throw new CommandFailed(
          "profile \"" + name + "\" is in use: penstock profile use another one first");
    }
    noun.require(profiles.delete(name), name);
    noun.done(output, "Deleted", name);
  }
}
