package dev.penstock.server.api;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.automation.Automation;
import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoredAutomation;
import dev.penstock.flow.vault.Vault;
import dev.penstock.flow.worker.DeploymentRuns;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Request;
import dev.penstock.server.web.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of the API about automations.
final class AutomationCalls {
  private static final String ALL = Api.ROOT + "/automations";
  private static final String ONE = ALL + "/{name}";
  private static final List<Operation.Parameter> BODY =
      List.of(
          Operation.Parameter.required(
              "definition",
              "object",
              "Its trigger and actions, as another automation shows them."));

  private final Store store;
  private final Vault vault;
  private final Edits edits;

  AutomationCalls(Store store, Vault vault) {
    this.store = store;
    this.vault = vault;
    this.edits = new Edits(store.auditLog());
  }

  List<Operation> operations() {
    return List.of(
        Operation.list(
            ALL,
            "listAutomations",
            "All automations, by name.",
            "AutomationPage",
            List.of("name"),
            () -> store.automations().list().stream().map(AutomationCalls::json).toList()),
        Operation.get(
            ONE, "getAutomation", "An automation.", "Automation", request -> shown(find(request))),
        Operation.put(
            ONE,
            "saveAutomation",
            "Saves an automation that is not there, or with If-Match one that is as it was read. It"
                + " acts on what happens from now on.",
            BODY,
            "Automation",
            this::save),
        enable("/pause", "pauseAutomation", "Lets it do nothing.", false),
        enable("/resume", "resumeAutomation", "Lets it act on what happens from now on.", true),
        Operation.delete(
            ONE,
            "deleteAutomation",
            "Deletes an automation.",
            request -> store.automations().delete(request.variable("name"))));
  }

  private Operation enable(String path, String id, String summary, boolean enabled) {
    return new Operation(
        Route.post(
            ONE + path,
            request -> {
              store.automations().enable(find(request).name(), enabled);
              return shown(find(request));
            }),
        id,
        summary,
        List.of(),
        List.of(),
        "Automation",
        200);
  }

  private static Map<String, @Nullable Object> json(StoredAutomation automation) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", automation.name());
    json.put("enabled", automation.enabled());
    json.put("since", automation.since().toString());
    json.put("definition", JsonTree.read(automation.definition()));
    return json;
  }

  private static Answer shown(StoredAutomation automation) {
    return Answer.json(200, json(automation)).with("ETag", Etag.of(automation.since()));
  }

  private StoredAutomation find(Request request) {
    String name = request.variable("name");
    return store
        .automations()
        .find(name)
        .orElseThrow(() -> Refused.notFound("there is no automation " + name));
  }

  private Answer save(Request request) {
    String name = request.variable("name");
    Body body = new Body(request.json(), BODY);
    Object definition = body.any("definition");
    body.refuseWrong();
    DeploymentRuns runs = new DeploymentRuns(store);
    try (Automations automations = new Automations(store, vault, runs::createById)) {
      Automation automation = Automations.parse(name, JsonTree.write(definition));
      edits.save(
          request,
          new Edits.Thing("automation", List.of(name)),
          () -> store.automations().find(name),
          each -> Etag.of(each.since()),
          there ->
              automations.replace(automation, there.map(StoredAutomation::since).orElse(null)));
    } catch (IllegalArgumentException e) {
      throw Refused.badField("definition", String.valueOf(e.getMessage()));
    }
    return shown(find(request));
  }
}
