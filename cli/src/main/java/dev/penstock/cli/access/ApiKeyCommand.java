package dev.penstock.cli.access;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.data.BadText;
import dev.penstock.data.ParameterParser;
import dev.penstock.flow.store.ApiKey;
import dev.penstock.flow.store.Role;
import dev.penstock.server.access.NewKey;
import dev.penstock.server.access.Permissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock api-key`: by which programs use the server.
@Command(
    name = "api-key",
    aliases = "api-keys",
    description = {
      "Lists and changes keys by which programs use the server.",
      "They send it as Authorization: Bearer KEY."
    },
    footer = {
      "%nExamples:",
      "  penstock api-key create ci --role operator --expires 90d",
      "  penstock api-key create deployer --scope deployments:run,runs:read",
      "  penstock api-key revoke ci"
    })
public final class ApiKeyCommand {
  private final Session session;
  private final Noun noun;

  ApiKeyCommand(Session session) {
    this.session = session;
    this.noun =
        new Noun(
            session,
            "key",
            () -> session.store().apiKeys().list().stream().map(ApiKey::name).toList(),
            _ -> "penstock api-key ls shows all");
  }

  private static SequencedMap<String, @Nullable Object> json(ApiKey key) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", key.name());
    json.put("role", key.role().word());
    json.put("scopes", key.scopes());
    json.put("createdBy", key.createdBy());
    json.put("created", key.created());
    json.put("expires", key.expires());
    json.put("used", key.used());
    return json;
  }

  @Command(name = "ls", description = "Lists keys; not the keys themselves, which nobody has.")
  void ls(@Mixin OutputOption output) {
    Listing.of(
            session,
            "there is no key",
            ApiKeyCommand::json,
            "name",
            "role",
            "scopes",
            "createdBy",
            "expires",
            "used",
            "created")
        .print(session, output, session.store().apiKeys().list());
  }

  @Command(name = "create", description = "Makes a key and prints it, this once.")
  void create(
      @Parameters(paramLabel = "NAME", description = "What it is called.") String name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              converter = RoleConverter.class,
              description = {
                "What it may do: viewer, operator, worker or admin.",
                "With --scope only, the least that may all of that."
              })
          @Nullable Role role,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              split = ",",
              description = "What of that alone, such as runs:read; may be repeated.")
          @Nullable List<String> scopes,
      @Option(
              names = "--expires",
              paramLabel = "DURATION",
              description = "How long it lasts, such as 90d; for ever if not said.")
          @Nullable String expires,
      @Mixin OutputOption output) {
    if (session.store().apiKeys().list().stream().anyMatch(key -> key.name().equals(name))) {
      throw noun.taken(name);
    }
    NewKey.Grant grant = Grants.of(role, scopes == null ? List.of() : scopes);
    String key =
        NewKey.make(session.store().apiKeys(), name, grant, CommandAudit.actor(), lasts(expires));
    String may = String.join(" ", grant.scopes());
    CommandAudit.note(
        session, "create key", (name + " " + grant.role().word() + " " + may).strip());
    SequencedMap<String, @Nullable Object> made = new LinkedHashMap<>();
    made.put("name", name);
    made.put("role", grant.role().word());
    made.put("scopes", grant.scopes());
    made.put("key", key);
    output.done(session.out(), key, made);
    if (!output.json()) {
      session.note("This key is not shown again.");
    }
  }

  /// A scope, and the roles that its requests need.
  private record Scope(String name, List<String> roles) {
    private SequencedMap<String, @Nullable Object> json() {
      SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("roles", roles);
      return json;
    }
  }

  @Command(
      name = "scopes",
      description = "Lists scopes, with the roles that what is in them needs.")
  void scopes(@Mixin OutputOption output) {
    List<Scope> all =
        new Permissions()
            .scopes().entrySet().stream()
                .map(each ->
                    new Scope(each.getKey(), each.getValue().stream().map(Role::word).toList()))
                .toList();
    Listing.of(session, "there is no scope", Scope::json, "name", "roles")
        .print(session, output, all);
  }

  private static @Nullable Duration lasts(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Duration.class.cast(ParameterParser.parse(text, Duration.class));
    } catch (BadText e) {
      throw new CommandFailed("--expires: " + e.getMessage() + "; write one such as 90d or 12h");
    }
  }

  @Command(
      name = "revoke",
      aliases = {"delete", "rm"},
      description = "Ends a key: it is refused from the next request on.")
  void revoke(
      @Parameters(paramLabel = "NAME", description = "The key.") String name,
      @Mixin OutputOption output) {
    noun.require(session.store().apiKeys().revoke(name), name);
    CommandAudit.note(session, "revoke key", name);
    noun.done(output, "Revoked", name);
  }
}
