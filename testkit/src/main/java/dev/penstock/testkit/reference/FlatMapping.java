package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Step;
import dev.penstock.testkit.reference.Emission.Value;
import dev.penstock.testkit.reference.Reference.Node;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Iterables read one after the other.
final class FlatMapping extends Node {
  private static final int FAILURES_IN_A_ROW = 16;

  private final Step.FlatMap step;
  private @Nullable Object record;
  private @Nullable Iterator<?> children;
  private int failures;

  FlatMapping(Step.FlatMap step, Node upstream) {
    super(step, upstream);
    this.step = step;
  }

  @Override
  Emission advance() {
    while (true) {
      Iterator<?> from = children;
      if (from == null) {
        Emission given = pull();
        if (!(given instanceof Value(Object parent))) {
          return given;
        }
        record = parent;
        failures = 0;
        try {
          children = step.fn().apply(parent).iterator();
        } catch (Exception e) {
          return fail(parent, e);
        }
        continue;
      }
      try {
        if (!from.hasNext()) {
          children = null;
          continue;
        }
      } catch (Exception e) {
        children = null;
        return fail(record, e);
      }
      try {
        Value child = new Value(from.next());
        failures = 0;
        return child;
      } catch (Exception e) {
        if (++failures == FAILURES_IN_A_ROW) {
          children = null;
        }
        return fail(record, e);
      }
    }
  }
}
