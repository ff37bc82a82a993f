package dev.penstock.flow;

import dev.penstock.flow.code.ValueCodec;
import dev.penstock.pipeline.run.StepStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a pipeline does at a moment, as the store keeps it for its task run.
///
/// @param pipeline its name
/// @param started when it began
/// @param at when it was looked at
/// @param in records read from the source
/// @param failed failures of records in all steps
/// @param steps from the source to the sink
/// @param trends of the steps, in the same order
/// @param size how many records the source has in all, if it knows
/// @param lag how many records are there and not read yet, if the source knows
public record PipelineFigures(
    String pipeline,
    Instant started,
    Instant at,
    long in,
    long failed,
    List<StepStatus> steps,
    List<Trend> trends,
    Optional<Long> size,
    Optional<Long> lag) {
  private static final ValueCodec CODEC = ValueCodec.of(PipelineFigures.class);

  public PipelineFigures {
    steps = List.copyOf(steps);
    trends = List.copyOf(trends);
  }

  /// What a step did in the seconds before, the oldest first.
  ///
  /// @param out records passed on per second, of up to 120 seconds
  /// @param busy per cent of the time that it worked, of up to 10 seconds
  public record Trend(List<Long> out, List<Integer> busy) {
    /// Of a step that was not looked at yet.
    static final Trend NONE = new Trend(List.of(), List.of());

    public Trend {
      out = List.copyOf(out);
      busy = List.copyOf(busy);
    }
  }

  /// Those of a task run; empty for one without a pipeline, and where another version wrote them.
  public static Optional<PipelineFigures> read(@Nullable String json) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable((PipelineFigures) CODEC.read(json));
    } catch (RuntimeException e) {
      return Optional.empty(); // figures are for looking at: none are better than no page
    }
  }

  String write() {
    return CODEC.write(this);
  }
}
