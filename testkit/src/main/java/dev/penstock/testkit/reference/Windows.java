package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Step;
import dev.penstock.testkit.reference.Emission.Value;
import dev.penstock.testkit.reference.Reference.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Windows over all records so far.
final class Windows extends Gathering {
  private final Step.Window step;
  private final List<@Nullable Object> all = new ArrayList<>();
  private int begin;

  Windows(Step.Window step, Node upstream) {
    super(step, upstream);
    this.step = step;
  }

  @Override
  void on(@Nullable Object record) {
    all.add(record);
    if (all.size() == begin + step.size()) {
      send(new Value(new ArrayList<>(all.subList(begin, all.size()))));
      begin += step.every();
    }
  }

  @Override
  void onEnd() {
    boolean sliding = step.every() < step.size();
    if (begin < all.size() && (!sliding || begin == 0)) {
      send(new Value(new ArrayList<>(all.subList(begin, all.size()))));
    }
  }
}
