package dev.penstock.cli.automation;

import dev.penstock.cli.session.CommandFailed;
import dev.penstock.cli.session.LimitOption;
import dev.penstock.cli.session.Listing;
import dev.penstock.cli.session.Members;
import dev.penstock.cli.session.Noun;
import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.cli.session.Table;
import dev.penstock.flow.automation.Automation;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.notify.NotSent;
import dev.penstock.flow.store.Delivery;
import dev.penstock.flow.store.StoredAutomation;
import dev.penstock.flow.worker.DeploymentRuns;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `penstock automation`: when something happens to runs, something is done.
@Command(
    name = "automation",
    aliases = "automations",
    description = {
      "Shows and changes automations: when something happens to runs, something is done.",
      "Workers evaluate them."
    },
    footer = {
      "%nExamples:",
      "  penstock automation create automations.yaml",
      "  penstock automation test failures",
      "  penstock automation deliveries failures"
    })
public final class AutomationCommand {
  private final Session session;
  private final Noun noun;

  AutomationCommand(Session session) {
    this.session = session;
    this.noun =
        new Noun(
            session,
            "automation",
            () ->
                session.store().automations().list().stream().map(StoredAutomation::name).toList(),
            _ -> "penstock automation ls shows all");
  }

  private Automations automations() {
    DeploymentRuns runs = new DeploymentRuns(session.store());
    return new Automations(session.store(), session.vault(), runs::createById);
  }

  @Command(name = "ls", description = "Lists automations.")
  void ls(@Mixin OutputOption output) {
    Listing.of(
            session,
            "there is no automation",
            new AutomationText(session)::json,
            "name",
            "status",
            "when",
            "since")
        .with(Table.Fit.WRAP, "WHEN")
        .print(session, output, session.store().automations().list());
  }

  @Command(name = "inspect", description = "Shows an automation, as it stands in a file.")
  void inspect(
      @Parameters(paramLabel = "NAME", description = "The automation.") String name,
      @Mixin OutputOption output) {
    StoredAutomation found = noun.found(session.store().automations().find(name), name);
    output.thing(session.out(), new AutomationText(session).json(found));
  }

  @Command(
      name = "create",
      description = {
        "Makes the automations of a YAML file; those of a name that there is are replaced.",
        "They fire for what happens from then on."
      })
  void create(
      @Parameters(paramLabel = "FILE", description = "A YAML or JSON file.") Path file,
      @Mixin OutputOption output) {
    List<Automation> wanted = AutomationFile.read(session, file);
    try (Automations automations = automations()) {
      for (Automation each : wanted) {
        automations.save(each);
        noun.done(output, "Saved", each.name());
      }
    }
  }

  @Command(name = "pause", description = "Lets an automation fire no more.")
  void pause(
      @Parameters(paramLabel = "NAME", description = "The automation.") String name,
      @Mixin OutputOption output) {
    noun.require(session.store().automations().enable(name, false), name);
    noun.done(output, "Paused", name);
  }

  @Command(name = "resume", description = "Lets it fire again, for what happens from then on.")
  void resume(
      @Parameters(paramLabel = "NAME", description = "The automation.") String name,
      @Mixin OutputOption output) {
    noun.require(session.store().automations().enable(name, true), name);
    noun.done(output, "Resumed", name);
  }

  @Command(
      name = "delete",
      aliases = "rm",
      description = "Deletes an automation with all that it has done.")
  void delete(
      @Parameters(paramLabel = "NAME", description = "The automation.") String name,
      @Mixin OutputOption output) {
    noun.require(session.store().automations().delete(name), name);
    noun.done(output, "Deleted", name);
  }

  @Command(
      name = "test",
      description = {
        "Sends the messages of an automation once, with made-up facts.",
        "No deployment is run or paused, and no run cancelled."
      })
  void test(
      @Parameters(paramLabel = "NAME", description = "The automation.") String name,
      @Mixin OutputOption output)
      throws InterruptedException {
    try (Automations automations = automations()) {
      Automation found = noun.found(automations.find(name), name);
      Map<String, Integer> answers = automations.tryOut(found);
      String sent =
          answers.isEmpty()
              ? "automation " + name + " sends no message"
              : "Sent to " + String.join(", ", answers.keySet());
      output.done(session.out(), sent, Members.of("name", name, "answers", answers));
    } catch (NotSent e) {
      throw new CommandFailed("the message was not taken: " + e.getMessage());
    }
  }

  @Command(name = "deliveries", description = "Lists what an automation has done, newest first.")
  void deliveries(
      @Parameters(paramLabel = "NAME", description = "The automation.") String name,
      @Mixin LimitOption limit,
      @Mixin OutputOption output) {
    noun.found(session.store().automations().find(name), name);
    Listing.of(
            session,
            "automation " + name + " has not fired yet",
            this::json,
            "action",
            "status",
            "attempts",
            "flowRun",
            "response",
            "error")
        .with(Table.Fit.WRAP, "ERROR")
        .with(Table.Fit.SHORTEN, "FLOW RUN")
        .print(session, output, session.store().deliveries().of(name, limit.rows()));
  }

  private SequencedMap<String, @Nullable Object> json(Delivery delivery) {
    SequencedMap<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", delivery.id());
    json.put("action", new AutomationText(session).line(delivery.action()));
    json.put("status", delivery.progress().name());
    json.put("attempts", delivery.attempts());
    json.put("test", delivery.test());
    json.put("fired", delivery.fired());
    json.put("flowRun", delivery.flowRun());
    json.put("reason", delivery.facts().get("reason"));
    json.put("due", delivery.due());
    json.put("response", delivery.responseCode());
    json.put("error", delivery.error());
    return json;
  }
}
