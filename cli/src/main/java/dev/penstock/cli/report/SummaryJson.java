package dev.penstock.cli.report;

import dev.penstock.pipeline.run.StepSummary;
import dev.penstock.pipeline.run.Summary;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The summary for scripts: one JSON object, on one line.
public final class SummaryJson {
  private SummaryJson() {}

  /// @param error the message of what failed; null if nothing did
  public static String of(Journal journal, State state, Duration elapsed, @Nullable String error) {
    List<PipelineRun> runs = journal.ended();
    return new JsonObject()
        .put("state", state.name())
        .put("in", sum(runs, Summary::in))
        .put("out", sum(runs, Summary::out))
        .put("failed", sum(runs, Summary::failed))
        .put("retried", sum(runs, Summary::retried))
        .put("deadLettered", sum(runs, Summary::deadLettered))
        .put("bytes", sum(runs, Summary::bytes))
        .put("elapsedMillis", elapsed.toMillis())
        .putIfPresent("error", error)
        .put("pipelines", runs.stream().map(SummaryJson::pipeline).toList())
        .toString();
  }

  private static long sum(List<PipelineRun> runs, ToLongFunction<Summary> figure) {
    return runs.stream().map(PipelineRun::summary).mapToLong(figure).sum();
  }

  private static JsonObject pipeline(PipelineRun run) {
    Summary summary = run.summary();
    return new JsonObject()
        .put("name", run.title())
        .put("state", run.state().name())
        .put("in", summary.in())
        .put("out", summary.out())
        .put("failed", summary.failed())
        .put("retried", summary.retried())
        .put("deadLettered", summary.deadLettered())
        .put("bytes", summary.bytes())
        .put("elapsedMillis", summary.elapsed().toMillis())
        .put("steps", summary.steps().stream().map(SummaryJson::step).toList());
  }

  private static JsonObject step(StepSummary step) {
    return new JsonObject()
        .put("name", step.name())
        .put("in", step.in())
        .put("out", step.out())
        .put("failed", step.failed())
        .put("retried", step.retried())
        .put("dropped", step.dropped());
  }

  /// A JSON object being written.
  private static final class JsonObject {
    private final StringBuilder text = new StringBuilder("{");

    JsonObject put(String name, String value) {
      return member(name, quoted(value));
    }

    JsonObject putIfPresent(String name, @Nullable String value) {
      return value == null ? this : put(name, value);
    }

    JsonObject put(String name, long value) {
      return member(name, Long.toString(value));
    }

    JsonObject put(String name, List<JsonObject> values) {
      return member(
          name,
          values.stream().map(JsonObject::toString).collect(Collectors.joining(",", "[", "]")));
    }

    private JsonObject member(String name, String json) {
      text.append(text.length() == 1 ? "" : ",").append(quoted(name)).append(':').append(json);
      return this;
    }

    private static String quoted(String value) {
      StringBuilder quoted = new StringBuilder("\"");
      for (char c : value.toCharArray()) {
        switch (c) {
          case '"' -> quoted.append("\\\"");
          case '\\' -> quoted.append("\\\\");
          case '\n' -> quoted.append("\\n");
          default -> {
            if (c < ' ') {
              quoted.append(String.format("\\u%04x", (int) c));
            } else {
              quoted.append(c);
            }
          }
        }
      }
      return quoted.append('"').toString();
    }

    @Override
    public String toString() {
      return text + "}";
    }
  }
}
