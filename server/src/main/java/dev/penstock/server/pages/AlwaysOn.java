package dev.penstock.server.pages;

import dev.penstock.flow.PipelineFigures;
import dev.penstock.flow.schedule.Always;
import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.DeploymentSchedule;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.RunSearch.RunningPipeline;
import dev.penstock.flow.store.Store;
import dev.penstock.server.view.PipelineView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What never ends, as the dashboard tells of it: a line for each pipeline of a deployment that is
/// always on, or for the deployment while none of its pipelines runs.
///
/// @param run the newest one; null where there is none yet
/// @param pipeline null while none runs
public record AlwaysOn(
    Deployment deployment, @Nullable FlowRun run, @Nullable PipelineView pipeline) {

  static boolean isMeant(DeploymentSchedule schedule) {
    return Schedule.parse(schedule.settings().spec()) instanceof Always;
  }

  static List<AlwaysOn> of(Store store, List<Deployment> deployments) {
    if (deployments.isEmpty()) {
      return List.of();
    }
    List<RunningPipeline> running = store.search().pipelines();
    List<AlwaysOn> all = new ArrayList<>();
    for (Deployment deployment : deployments) {
      List<AlwaysOn> pipelines =
          running.stream()
              .filter(each -> deployment.id().equals(each.run().origin().deployment()))
              .map(each -> new AlwaysOn(deployment, each.run(), view(each)))
              .toList();
      all.addAll(pipelines.isEmpty() ? List.of(standing(store, deployment)) : pipelines);
    }
    return all;
  }

  private static @Nullable PipelineView view(RunningPipeline pipeline) {
    return PipelineFigures.read(pipeline.figures())
        .filter(figures -> !figures.steps().isEmpty())
        .map(figures -> PipelineView.of(pipeline.task(), figures, true))
        .orElse(null);
  }

  private static AlwaysOn standing(Store store, Deployment deployment) {
    List<FlowRun> newest =
        store.flowRuns().list(RunFilter.ALL.ofDeployment(deployment.id()), Page.first(1));
    return new AlwaysOn(deployment, newest.isEmpty() ? null : newest.getFirst(), null);
  }
}
