package dev.penstock.flow.engine;

import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.SlotDemand;
import dev.penstock.pipeline.plan.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a task is run.
///
/// @param name its name
/// @param retry when it is tried again; null for never
/// @param timeout how long one try may take; null for as long as it needs
/// @param tags what limits may refer to
/// @param named the slots of global limits that it takes
/// @param cache when an earlier result will do; null for never
/// @param hooks told when it is over
public record TaskSettings(
    String name,
    @Nullable Retry retry,
    @Nullable Duration timeout,
    List<String> tags,
    List<SlotDemand> named,
    @Nullable CachePolicy cache,
    List<FlowHook> hooks) {
  public TaskSettings {
    tags = List.copyOf(tags);
    named = List.copyOf(named);
    hooks = List.copyOf(hooks);
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a task must not be blank");
    }
    if (timeout != null && !timeout.isPositive()) {
      throw new IllegalArgumentException(
          "the timeout of task '" + name + "' must be positive, was " + timeout);
    }
  }

  /// One try of a task of this name, without a limit.
  public static TaskSettings named(String name) {
    return new TaskSettings(name, null, null, List.of(), List.of(), null, List.of());
  }

  public TaskSettings retry(Retry retry) {
    return new TaskSettings(name, retry, timeout, tags, named, cache, hooks);
  }

  public TaskSettings timeout(Duration timeout) {
    return new TaskSettings(name, retry, timeout, tags, named, cache, hooks);
  }

  public TaskSettings tags(List<String> tags) {
    return new TaskSettings(name, retry, timeout, tags, named, cache, hooks);
  }

  public TaskSettings named(List<SlotDemand> named) {
    return new TaskSettings(name, retry, timeout, tags, named, cache, hooks);
  }

  /// The limits whose slots it needs to run.
  List<SlotDemand> limits() {
    return Stream.concat(tags.stream().map(LimitKey::tag).map(SlotDemand::of), named.stream())
        .toList();
  }

  public TaskSettings cache(CachePolicy cache) {
    return new TaskSettings(name, retry, timeout, tags, named, cache, hooks);
  }

  public TaskSettings hook(FlowHook hook) {
    List<FlowHook> more = new ArrayList<>(hooks);
    more.add(hook);
    return new TaskSettings(name, retry, timeout, tags, named, cache, more);
  }
}
