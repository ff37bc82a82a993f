package dev.penstock.cli.vault;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Members;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.data.Secret;
import dev.penstock.flow.store.SealedValues.SecretEntry;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock secret`: texts that flows find by name and nobody is shown.
@Command(
    name = "secret",
    aliases = "secrets",
    description = {
      "Lists and changes secrets: texts that flows find by name.",
      "They are encrypted in the store. No command prints one."
    },
    footer = {
      "%nExamples:",
      "  penstock secret set api-token",
      "  penstock secret set api-token < token.txt",
      "  penstock secret set api-token --from-env API_TOKEN"
    })
public final class SecretCommand {
  private final Session session;
  private final Noun noun;

  SecretCommand(Session session) {
    this.session = session;
    this.noun =
        new Noun(
            session,
            "secret",
            () -> session.vault().secrets().list().stream().map(SecretEntry::name).toList(),
            _ -> "penstock secret ls shows the names");
  }

  private static SequencedMap<String, @Nullable Object> json(SecretEntry secret) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", secret.name());
    json.put("updated", secret.updated());
    return json;
  }

  @Command(name = "ls", description = "Lists the names of secrets.")
  void ls(@Mixin OutputOption output) {
    Listing.of(session, "there is no secret", SecretCommand::json, "name", "updated")
        .print(session, output, session.vault().secrets().list());
  }

  @Command(
      name = "set",
      description = {
        "Sets a secret in place of what was there.",
        "It is asked for on a terminal, or else read from standard input."
      })
  void set(
      @Parameters(index = "0", paramLabel = "NAME", description = "The secret.") String name,
      @Parameters(index = "1", arity = "0..1", hidden = true) @Nullable String given,
      @Option(
              names = "--from-env",
              paramLabel = "VARIABLE",
              description = "Takes it from this environment variable.")
          @Nullable String variable,
      @Mixin OutputOption output) {
    if (given != null) {
      throw new CommandFailed(
          "a secret is not given on a command line, which shells and process lists remember:"
              + " it is asked for, read from standard input, or taken --from-env VARIABLE");
    }
    Secret secret =
        variable == null
            ? session.secret("the secret \"" + name + "\"")
            : session.secretOf(variable);
    session.vault().secrets().set(name, secret);
    noun.done(output, "Set", name);
  }

  @Command(name = "delete", aliases = "rm", description = "Deletes a secret.")
  void delete(
      @Parameters(paramLabel = "NAME", description = "The secret.") String name,
      @Mixin OutputOption output) {
    noun.require(session.vault().secrets().delete(name), name);
    noun.done(output, "Deleted", name);
  }

  @Command(
      name = "rotate",
      description = {
        "Encrypts all secrets, also those of blocks, with a new key: made in the file secrets.key,",
        "or the first of PENSTOCK_KEY=NEW,OLD. All or nothing; flows read on meanwhile."
      })
  void rotate(@Mixin OutputOption output) {
    int count = session.vault().rotateKey();
    output.done(
        session.out(),
        count == 1
            ? "1 value is encrypted with the new key"
            : count + " values are encrypted with the new key",
        Members.of("values", count));
  }
}
