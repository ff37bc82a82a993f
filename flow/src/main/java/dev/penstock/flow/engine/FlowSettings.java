package dev.penstock.flow.engine;

import dev.penstock.pipeline.plan.Retry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a flow is run.
///
/// @param retry when it is run again after a failure; null for never
/// @param timeout how long one try may take; null for as long as it needs
/// @param logPrints whether what it prints goes to its log
/// @param hooks told when a run is over
public record FlowSettings(
    @Nullable Retry retry, @Nullable Duration timeout, boolean logPrints, List<FlowHook> hooks) {
  /// One try, without a limit.
  public static final FlowSettings DEFAULT = new FlowSettings(null, null, false, List.of());

  public FlowSettings {
    hooks = List.copyOf(hooks);
    if (timeout != null && !timeout.isPositive()) {
      throw new IllegalArgumentException("the timeout of a flow must be positive, was " + timeout);
    }
  }
}
