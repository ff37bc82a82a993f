package dev.penstock.server.metrics;

import dev.penstock.flow.PipelineFigures;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunSearch;
import dev.penstock.flow.store.Store;
import dev.penstock.pipeline.run.StepStatus;
import dev.penstock.pipeline.run.StepSummary;
import dev.penstock.server.metrics.MetricsText.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// How far the pipelines have come that run now, and how far behind they are. Those that are over
/// are not told of: there are as many samples as there is work.
final class PipelineMetrics {
  private final List<Running> running = new ArrayList<>();

  /// A pipeline that runs.
  private record Running(Map<String, String> labels, PipelineFigures figures) {}

  PipelineMetrics(Store store) {
    Map<String, String> deployments = new HashMap<>();
    for (RunSearch.RunningPipeline each : store.search().pipelines()) {
      FlowRun run = each.run();
      Map<String, String> labels = new LinkedHashMap<>();
      labels.put("flow", run.origin().flow());
      String id = run.origin().deployment();
      if (id != null) {
        labels.put(
            "deployment",
            deployments.computeIfAbsent(
                id, _ -> store.deployments().find(id).map(Deployment::name).orElse("")));
      }
      labels.put("run", run.id());
      labels.put("task", each.task());
      PipelineFigures.read(each.figures())
          .ifPresent(figures -> running.add(new Running(labels, figures)));
    }
  }

  void write(MetricsText text) {
    String lag = "penstock_pipeline_lag";
    text.metric(lag, Type.GAUGE, "Records that are there and not read yet, if the source knows.");
    for (Running each : running) {
      each.figures().lag().ifPresent(records -> text.sample(lag, each.labels(), records));
    }
    steps(
        text,
        "penstock_pipeline_records_total",
        "Records that a step of a running pipeline has passed on.",
        StepSummary::out);
    steps(
        text,
        "penstock_pipeline_failed_total",
        "Records that have failed in a step of a running pipeline.",
        StepSummary::failed);
  }

  private void steps(
      MetricsText text, String name, String help, ToLongFunction<StepSummary> figure) {
    text.metric(name, Type.COUNTER, help);
    for (Running each : running) {
      int number = 0;
      for (StepStatus step : each.figures().steps()) {
        Map<String, String> labels = new LinkedHashMap<>(each.labels());
        labels.put("number", String.valueOf(++number));
        labels.put("step", step.figures().name());
        text.sample(name, labels, figure.applyAsLong(step.figures()));
      }
    }
  }
}
