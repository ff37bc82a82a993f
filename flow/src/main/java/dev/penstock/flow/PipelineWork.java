package dev.penstock.flow;

import dev.penstock.flow.code.ValueCodec;
import dev.penstock.flow.engine.TaskRunning;
import dev.penstock.flow.engine.TaskWork;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.pipeline.run.Summary;
import org.jspecify.annotations.Nullable;

/// The work of a task that runs a pipeline: its figures are the task run's, and it stops when the
/// run does.
record PipelineWork(RunnablePipeline pipeline) implements TaskWork<Summary> {
  private static final ValueCodec CODEC = ValueCodec.of(Summary.class);

  @Override
  public Summary run(TaskRunning running) throws Exception {
    RunnablePipeline named = pipeline.name().isEmpty() ? pipeline.named(running.name()) : pipeline;
    try (LiveFigures figures = new LiveFigures(running.figures())) {
      return named.run(RunOptions.DEFAULT.cancellation(running.cancellation()).listener(figures));
    }
  }

  @Override
  public @Nullable String write(Summary summary) {
    return CODEC.write(summary);
  }

  @Override
  public Summary read(@Nullable String kept) {
    return (Summary)
        java.util.Objects.requireNonNull(CODEC.read(java.util.Objects.requireNonNull(kept)));
  }
}
