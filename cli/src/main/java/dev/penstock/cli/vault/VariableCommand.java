package dev.penstock.cli.vault;

import dev.penstock.cli.session.Ages;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.store.Variable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `penstock variable`: values that flows find by name.
@Command(
    name = "variable",
    aliases = "variables",
    description = "Shows and changes variables: JSON values that flows find by name.",
    footer = {
      "%nExamples:",
      "  penstock variable set months \"[1, 2, 3]\" --tag taxi",
      "  penstock variable get months"
    })
public final class VariableCommand {
  private final Session session;
  private final Noun noun;

  VariableCommand(Session session) {
    this.session = session;
    this.noun =
        new Noun(
            session,
            "variable",
            () -> session.store().variables().list().stream().map(Variable::name).toList(),
            _ -> "penstock variable ls shows all");
  }

  private static SequencedMap<String, @Nullable Object> json(Variable variable) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", variable.name());
    json.put("value", JsonTree.read(variable.json()));
    json.put("tags", variable.tags());
    json.put("updated", variable.updated());
    return json;
  }

  @Command(name = "ls", description = "Lists variables.")
  void ls(@Mixin OutputOption output) {
    Instant now = session.clock().instant();
    new Listing<Variable>(
            "there is no variable",
            List.of(
                new Listing.Column<>("NAME", Variable::name),
                new Listing.Column<>("VALUE", Variable::text),
                new Listing.Column<>("TAGS", each -> String.join(", ", each.tags())),
                new Listing.Column<>("UPDATED", each -> Ages.of(each.updated(), now))),
            VariableCommand::json)
        .print(session, output, session.store().variables().list());
  }

  @Command(name = "get", description = "Prints the value of a variable.")
  void get(
      @Parameters(paramLabel = "NAME", description = "The variable.") String name,
      @Mixin OutputOption output) {
    Variable found = noun.found(session.store().variables().find(name), name);
    output.done(session.out(), found.text(), json(found));
  }

  @Command(name = "set", description = "Sets a variable in place of what was there.")
  void set(
      @Parameters(paramLabel = "NAME", description = "The variable.") String name,
      @Parameters(paramLabel = "VALUE", description = "JSON; what is none is taken as a text.")
          String value,
      @Option(names = "--text", description = "Takes what looks like JSON as a text, too.")
          boolean text,
      @Option(
              names = "--tag",
              paramLabel = "TAG",
              description = "May be repeated; without it the tags stay as they are.")
          @Nullable List<String> tags,
      @Mixin OutputOption output) {
    List<String> before =
        session.store().variables().find(name).map(Variable::tags).orElse(List.of());
    session
        .store()
        .variables()
        .set(name, text ? JsonTree.write(value) : asJson(value), tags == null ? before : tags);
    noun.done(output, "Set", name);
  }

  private static String asJson(String value) {
    try {
      JsonTree.read(value);
      return value;
    } catch (IllegalArgumentException e) {
      return JsonTree.write(value);
    }
  }

  @Command(name = "delete", aliases = "rm", description = "Deletes a variable.")
  void delete(
      @Parameters(paramLabel = "NAME", description = "The variable.") String name,
      @Mixin OutputOption output) {
    noun.require(session.store().variables().delete(name), name);
    noun.done(output, "Deleted", name);
  }
}
