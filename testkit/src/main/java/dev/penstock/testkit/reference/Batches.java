package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Keyed;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.testkit.reference.Emission.Failed;
import dev.penstock.testkit.reference.Emission.Value;
import dev.penstock.testkit.reference.Reference.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Batches by size, with or without a key; time does not pass here.
final class Batches extends Gathering {
  private final Step.Batch step;

  /// In the order in which they were opened.
  private final List<Open> batches = new ArrayList<>();

  private record Open(@Nullable Object key, List<@Nullable Object> records) {}

  Batches(Step.Batch step, Node upstream) {
    super(step, upstream);
    this.step = step;
  }

  @Override
  void on(@Nullable Object record) {
    Object key;
    try {
      key = step.key() == null ? null : step.key().apply(record);
    } catch (Exception e) {
      closeAll();
      send(fail(record, e));
      return;
    }
    Open open = of(key);
    if (open == null) {
      if (batches.size() == step.batching().keys()) {
        close(batches.getFirst());
      }
      open = new Open(key, new ArrayList<>());
      batches.add(open);
    }
    open.records.add(record);
    if (open.records.size() == step.batching().size()) {
      close(open);
    } else if (batches.stream().mapToInt(b -> b.records.size()).sum() > step.batching().waiting()) {
      close(batches.getFirst());
    }
  }

  private @Nullable Open of(@Nullable Object key) {
    for (Open open : batches) {
      if (Objects.equals(open.key, key)) {
        return open;
      }
    }
    return null;
  }

  private void close(Open open) {
    batches.removeIf(other -> other == open);
    send(new Value(step.key() == null ? open.records : new Keyed<>(open.key, open.records)));
  }

  private void closeAll() {
    while (!batches.isEmpty()) {
      close(batches.getFirst());
    }
  }

  @Override
  void onFailure(Failed failure) {
    closeAll();
    send(failure);
  }

  @Override
  void onEnd() {
    closeAll();
  }
}
