package dev.penstock.server.pages;

import dev.penstock.flow.automation.Action;
import dev.penstock.flow.automation.Automation;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.automation.Trigger;
import dev.penstock.flow.notify.Channel;
import dev.penstock.flow.notify.NotSent;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.Delivery;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.StoredAutomation;
import dev.penstock.flow.vault.Vault;
import dev.penstock.flow.worker.DeploymentRuns;
import dev.penstock.server.view.Words;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Fields;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The automations, and the page of one: its form, a test of it, and what it has delivered.
public final class AutomationsPage {
  private static final int DELIVERIES = 50;

  private final Site site;
  private final Vault vault;

  AutomationsPage(Site site, Vault vault) {
    this.site = site;
    this.vault = vault;
  }

  /// An automation in the list.
  ///
  /// @param when and what it does, in words
  /// @param last its newest delivery; null for none
  public record Row(
      StoredAutomation automation, String when, String does, @Nullable Delivery last) {}

  /// What a test has come to.
  ///
  /// @param well whether all have taken their message
  public record Tested(boolean well, String words) {}

  /// A delivery in the log.
  public record Sent(Delivery delivery, String what) {}

  List<Route> routes() {
    return List.of(
        Route.get("/automations", this::list),
        Route.get("/automations/new", request -> edit(request, 200, null, fresh(request), null)),
        Route.get("/automations/{name}", request -> show(request, null)),
        Route.post("/automations", this::save),
        Route.post("/automations/{name}/test", this::test),
        Route.post("/automations/{name}/enable", request -> enable(request, true)),
        Route.post("/automations/{name}/disable", request -> enable(request, false)),
        Route.post("/automations/{name}/delete", this::delete));
  }

  /// One that tells of failures, of the flow that the address names.
  private static EditForm fresh(Request request) {
    return EditForm.of(
        Map.of(
            "when",
            "state",
            "states",
            "Failed,TimedOut,Crashed",
            "flows",
            request.query().first("flow").orElse(""),
            "do1",
            "notify",
            "subject1",
            "{{flow-run.name}} is {{flow-run.state}}",
            "text1",
            "{{flow-run.message}}"));
  }

  private Automations automations() {
    DeploymentRuns runs = new DeploymentRuns(site.store());
    return new Automations(
        site.store(), vault, (deployment, json, key) -> runs.createById(deployment, json, key));
  }

  private Answer list(Request request) {
    try (Automations automations = automations()) {
      List<Row> rows =
          automations.list().stream()
              .map(each -> {
                Automation automation = Automations.parse(each.name(), each.definition());
                return new Row(
                    each,
                    when(automation.trigger()),
                    automation.actions().stream().map(this::does).collect(Collectors.joining(", ")),
                    automations.deliveries(each.name(), 1).stream().findFirst().orElse(null));
              })
              .toList();
      Shell shell =
          site.shell(
              request, "Automations", "automations", List.of(new Shell.Crumb("Automations", "")));
      return site.page("automations", shell, Map.of("rows", rows));
    }
  }

  private static String when(Trigger trigger) {
    String of =
        trigger.runs().flows().isEmpty() ? "any flow" : String.join(", ", trigger.runs().flows());
    return switch (trigger) {
      case Trigger.OnState on -> of + " comes to " + titles(on.states(), "or");
      case Trigger.OnAbsence on ->
          of
              + " does not come to "
              + titles(on.expected(), "or")
              + " within "
              + Words.duration(on.within());
      case Trigger.OnStandstill on ->
          "a pipeline of " + of + " stands still for " + Words.duration(on.lasting());
      case Trigger.OnErrorRatio on ->
          "more than " + Math.round(on.above() * 100) + " % of a pipeline of " + of + " fail";
    };
  }

  private static String titles(Collection<StateName> states, String and) {
    return states.stream()
        .map(StateName::title)
        .sorted()
        .collect(Collectors.joining(" " + and + " "));
  }

  private String does(Action action) {
    return switch (action) {
      case Action.Notify notify -> "notify " + notify.type() + "/" + notify.block();
      case Action.RunDeployment run -> "run " + name(run.deployment());
      case Action.PauseDeployment pause -> "pause " + name(pause.deployment());
      case Action.CancelRun _ -> "cancel the run";
    };
  }

  private String name(String deployment) {
    return site.store()
        .deployments()
        .find(deployment)
        .map(Deployment::fullName)
        .orElse("a deployment that is gone");
  }

  private StoredAutomation find(Request request) {
    String name = request.variable("name");
    return site.store()
        .automations()
        .find(name)
        .orElseThrow(() -> Refused.notFound("there is no automation " + name));
  }

  private Answer show(Request request, @Nullable Tested tested) {
    StoredAutomation stored = find(request);
    Automation automation = Automations.parse(stored.name(), stored.definition());
    return edit(request, 200, stored, AutomationForm.of(automation), tested);
  }

  private Answer edit(
      Request request,
      int status,
      @Nullable StoredAutomation stored,
      EditForm form,
      @Nullable Tested tested) {
    String title = stored == null ? "New automation" : stored.name();
    Shell shell =
        site.shell(
            request,
            title,
            "automations",
            List.of(new Shell.Crumb("Automations", "/automations"), new Shell.Crumb(title, "")));
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("form", form);
    values.put("title", title);
    values.put("enabled", stored == null || stored.enabled());
    values.put("known", stored != null);
    values.put("words", site.words(request.viewer()));
    values.put("channels", channels());
    values.put("deployments", site.store().deployments().list());
    values.put("sent", stored == null ? List.of() : sent(stored.name()));
    if (tested != null) {
      values.put("tested", tested);
    }
    return site.page(status, "automation", shell, values);
  }

  private List<Sent> sent(String name) {
    return site.store().deliveries().of(name, DELIVERIES).stream()
        .map(each -> new Sent(each, does(Automations.parseAction(each.action()))))
        .toList();
  }

  /// The blocks that somebody can be notified over, as `TYPE/NAME`.
  private List<String> channels() {
    return vault.blocks().list().stream()
        .filter(each ->
            Channel.class.isAssignableFrom(vault.blocks().types().get(each.type()).settings()))
        .map(each -> each.type() + "/" + each.name())
        .toList();
  }

  private Answer save(Request request) {
    Fields typed = request.form();
    try (Automations automations = automations()) {
      Automation automation = AutomationForm.read(typed);
      automations.save(automation);
      return Answer.seeOther("/automations/" + Urls.encode(automation.name()));
    } catch (AutomationForm.Wrong e) {
      return edit(request, 422, null, new EditForm(values(typed), e.wrongs()), null);
    } catch (IllegalArgumentException e) {
      return edit(request, 422, null, EditForm.of(values(typed)).wrong("name", e), null);
    }
  }

  /// Fields of several values are one text with commas.
  private static Map<String, String> values(Fields typed) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : typed.names()) {
      values.put(name, String.join(",", typed.all(name)));
    }
    return values;
  }

  /// Sends what it would tell, once.
  private Answer test(Request request) {
    StoredAutomation stored = find(request);
    try (Automations automations = automations()) {
      Map<String, Integer> answers =
          automations.tryOut(Automations.parse(stored.name(), stored.definition()));
      String said =
          answers.isEmpty()
              ? "It notifies nobody: a test sends only messages."
              : answers.entrySet().stream()
                  .map(each -> each.getKey() + " has taken it, and answered " + each.getValue())
                  .collect(Collectors.joining("; "));
      return show(request, new Tested(true, said));
    } catch (NotSent | IllegalArgumentException e) {
      return show(request, new Tested(false, String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refused.conflict("the server is ending");
    }
  }

  private Answer enable(Request request, boolean enabled) {
    StoredAutomation stored = find(request);
    site.store().automations().enable(stored.name(), enabled);
    return Answer.seeOther("/automations/" + Urls.encode(stored.name()));
  }

  private Answer delete(Request request) {
    site.store().automations().delete(find(request).name());
    return Answer.seeOther("/automations");
  }
}
