package dev.penstock.server.api;

import dev.penstock.flow.store.Store;
import dev.penstock.flow.vault.Vault;
import dev.penstock.server.pages.NewRun;
import dev.penstock.server.web.Answer;
import dev.penstock.server.web.Refused;
import dev.penstock.server.web.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What programs can ask for, with the document that says so.
public final class Api {
  /// In front of all its paths.
  public static final String ROOT = "/api/v1";

  private final Store store;
  private final Vault vault;
  private final NewRun newRun;
  private final List<Operation> operations;

  public Api(Store store, Vault vault, NewRun newRun) {
    this.store = store;
    this.vault = vault;
    this.newRun = newRun;
    this.operations = operations();
  }

  public List<Route> routes() {
    return operations.stream().map(Operation::checked).toList();
  }

  private List<Operation> operations() {
    List<Operation> all = new ArrayList<>(own());
    all.addAll(new FlowRunCalls(store).operations());
    all.addAll(new DeploymentCalls(store, newRun).operations());
    all.addAll(new ScheduleCalls(store).operations());
    all.add(new BackfillCall(store, InstantSource.system()).operation());
    all.addAll(new VariableCalls(store).operations());
    all.addAll(new CapacityCalls(store).operations());
    all.addAll(new RecordCalls(store).operations());
    all.addAll(new AutomationCalls(store, vault).operations());
    all.addAll(new SecretCalls(vault.secrets()).operations());
    all.addAll(new BlockCalls(store, vault.blocks()).operations());
    return List.copyOf(all);
  }

  private List<Operation> own() {
    return List.of(
        Operation.get(
            ROOT + "/health",
            "health",
            "Whether the server answers.",
            "Health",
            _ -> Answer.json(200, Map.of("status", "ok"))),
        Operation.get(
            ROOT + "/ready",
            "ready",
            "Whether the server and its store answer.",
            "Health",
            _ -> {
              store.users().any(); // throws when the store cannot be reached
              return Answer.json(200, Map.of("status", "ready"));
            }),
        Operation.get(
            ROOT + "/openapi.json",
            "document",
            "This document.",
            "Document",
            _ -> Answer.json(200, document())));
  }

  /// What there is, as OpenAPI says it.
  public Map<String, Object> document() {
    return OpenApi.document(operations);
  }

  /// A refusal as RFC 9457 says, with every wrong field.
  public static Answer problem(Refused refusal) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("title", refusal.title());
    members.put("status", refusal.status());
    members.put("detail", refusal.detail());
    if (!refusal.fields().isEmpty()) {
      members.put("errors", refusal.fields().stream().map(Api::error).toList());
    }
    Answer problem = Answer.problem(refusal.status(), members);
    return refusal.status() == 401 ? problem.with("WWW-Authenticate", "Bearer") : problem;
  }

  private static Map<String, String> error(Refused.Field field) {
    Map<String, String> error = new LinkedHashMap<>();
    if (field.name() != null) {
      error.put("field", field.name());
    }
    error.put("message", field.message());
    return error;
  }
}
