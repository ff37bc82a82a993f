package dev.penstock.flow.worker;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.engine.RunNames;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.WorkQueue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// New runs of deployments.
public final class DeploymentRuns {
  private final Store store;

  public DeploymentRuns(Store store) {
    this.store = store;
  }

  /// Makes a run of a deployment, also of one that is paused.
  ///
  /// @param parameters a JSON object, over those of the deployment
  /// @param tags besides those of the deployment
  /// @param due when it may be taken; null for at once
  /// @param idempotencyKey what is made again with the same key is the same run; null for none
  public FlowRun create(
      Deployment deployment,
      String parameters,
      List<String> tags,
      @Nullable Instant due,
      @Nullable String idempotencyKey) {
    Deployment.Target target = deployment.settings().target();
    int priority =
        store
            .workQueues()
            .find(target.pool(), target.queue())
            .map(WorkQueue::priority)
            .orElse(WorkQueue.PRIORITY);
    FlowRun.Call call = call(deployment, parameters, tags, idempotencyKey);
    return store
        .flowRuns()
        .create(of(deployment, priority, call, due, RandomGenerator.getDefault()));
  }

  private static FlowRun.Call call(
      Deployment deployment,
      String parameters,
      List<String> tags,
      @Nullable String idempotencyKey) {
    Set<String> all = new LinkedHashSet<>(deployment.settings().tags());
    all.addAll(tags);
    return new FlowRun.Call(
        JsonObjects.over(deployment.settings().parameters(), parameters),
        new ArrayList<>(all),
        null,
        null,
        null,
        null,
        null,
        idempotencyKey);
  }

  /// Whether a run is what would be made of this, so that its key was not used for another.
  public static boolean isOf(
      FlowRun run, Deployment deployment, String parameters, List<String> tags) {
    FlowRun.Call wanted = call(deployment, parameters, tags, null);
    return deployment.id().equals(run.origin().deployment())
        && Set.copyOf(wanted.tags()).equals(Set.copyOf(run.call().tags()))
        && JsonTree.readObject(wanted.parameters())
            .equals(JsonTree.readObject(run.call().parameters()));
  }

  /// The same for a deployment of this id, at once.
  ///
  /// @throws IllegalArgumentException when there is none
  public FlowRun createById(String id, String parameters, String idempotencyKey) {
    Deployment deployment =
        store
            .deployments()
            .find(id)
            .orElseThrow(() -> new IllegalArgumentException("there is no deployment " + id));
    return create(deployment, parameters, List.of(), null, idempotencyKey);
  }

  static NewFlowRun of(
      Deployment deployment,
      int priority,
      FlowRun.Call call,
      @Nullable Instant due,
      RandomGenerator random) {
    Deployment.Target target = deployment.settings().target();
    FlowRun.Origin origin =
        new FlowRun.Origin(
            deployment.flow(),
            deployment.id(),
            target.pool(),
            target.queue(),
            priority,
            deployment.version(),
            null);
    return new NewFlowRun(
        Ids.next(InstantSource.system()), RunNames.next(random), origin, call, due);
  }
}
