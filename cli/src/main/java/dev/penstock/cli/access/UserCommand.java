package dev.penstock.cli.access;

import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Members;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.Role;
import dev.penstock.flow.store.User;
import dev.penstock.server.access.Passwords;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock user`: who may log in on the server.
@Command(
    name = "user",
    aliases = "users",
    description = {
      "Lists and changes who may log in on the server.",
      "Without users nobody logs in, and the server listens on this machine alone."
    },
    footer = {
      "%nExamples:",
      "  penstock user create ana --role admin",
      "  penstock user create bob --role viewer < password.txt"
    })
public final class UserCommand {
  private final Session session;
  private final Noun noun;

  UserCommand(Session session) {
    this.session = session;
    this.noun =
        new Noun(
            session,
            "user",
            () -> session.store().users().list().stream().map(User::name).toList(),
            _ -> "penstock user ls shows all");
  }

  private static SequencedMap<String, @Nullable Object> json(User user) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", user.name());
    json.put("role", user.role().word());
    json.put("created", user.created());
    json.put("updated", user.updated());
    return json;
  }

  @Command(name = "ls", description = "Lists users.")
  void ls(@Mixin OutputOption output) {
    Listing.of(
            session,
            "there is no user: penstock user create NAME --role admin makes the first one",
            UserCommand::json,
            "name",
            "role",
            "created")
        .print(session, output, session.store().users().list());
  }

  @Command(
      name = "create",
      description = {
        "Adds a user. From the first one on everybody logs in.",
        "The password is asked for on a terminal, or else read from standard input."
      })
  void create(
      @Parameters(paramLabel = "NAME", description = "The user.") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              converter = RoleConverter.class,
              description = "viewer: looks; operator: starts and stops runs; admin: everything.")
          Role role,
      @Mixin OutputOption output) {
    String kept = User.named(name);
    if (session.store().users().find(kept).isPresent()) {
      throw noun.taken(kept);
    }
    if (!session.store().users().create(kept, role, password(kept))) {
      throw noun.taken(kept);
    }
    CommandAudit.note(session, "create user", kept + " " + role.word());
    noun.done(output, "Created", kept, Members.of("role", role.word()));
  }

  private String password(String name) {
    return Passwords.hash(session.secret("the password of \"" + name + "\""));
  }

  @Command(
      name = "passwd",
      description = {
        "Sets the password of a user, and ends all sessions of theirs.",
        "It is asked for on a terminal, or else read from standard input."
      })
  void passwd(
      @Parameters(paramLabel = "NAME", description = "The user.") String name,
      @Mixin OutputOption output) {
    noun.found(session.store().users().find(name), name);
    noun.require(session.store().users().setPassword(name, password(name)), name);
    CommandAudit.note(session, "set password", name);
    noun.done(output, "Updated", name);
  }

  @Command(name = "set-role", description = "Sets what a user may do, from now on.")
  void setRole(
      @Parameters(index = "0", paramLabel = "NAME", description = "The user.") String name,
      @Parameters(
              index = "1",
              paramLabel = "ROLE",
              converter = RoleConverter.class,
              description = "viewer, operator or admin.")
          Role role,
      @Mixin OutputOption output) {
    noun.require(session.store().users().setRole(name, role), name);
    CommandAudit.note(session, "set role", name + " " + role.word());
    noun.done(output, "Updated", name, Members.of("role", role.word()));
  }

  @Command(
      name = "delete",
      aliases = "rm",
      description = "Deletes a user, whose sessions end at once.")
  void delete(
      @Parameters(paramLabel = "NAME", description = "The user.") String name,
      @Mixin OutputOption output) {
    noun.require(session.store().users().delete(name), name);
    CommandAudit.note(session, "delete user", name);
    noun.done(output, "Deleted", name);
  }
}
