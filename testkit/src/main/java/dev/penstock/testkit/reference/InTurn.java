package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Step;
import dev.penstock.testkit.reference.Emission.Failed;
import dev.penstock.testkit.reference.Emission.Value;
import dev.penstock.testkit.reference.Reference.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Several iterables read at once, an emission of each in turn; the next iterable takes the place
/// of one that is seen to be exhausted, at the end of the queue. A failure of a step above passes
/// when it is pulled.
final class InTurn extends Node {
  private static final int FAILURES_IN_A_ROW = 16;

  private final Step.FlatMap step;
  private final Deque<Turn> turns = new ArrayDeque<>();
  private long opened;
  private boolean over;

  /// An iterable that is read, or what its making failed with.
  private final class Turn {
    private final @Nullable Object record;
    private final long index;
    private @Nullable Iterator<?> children;
    private @Nullable Emission failed;
    private int failures;

    Turn(@Nullable Object record, long index) {
      this.record = record;
      this.index = index;
      try {
        children = step.fn().apply(record).iterator();
      } catch (Exception e) {
        failed = failAt(record, index, e, 1);
      }
    }

    Emission take() {
      Emission once = failed;
      if (once != null) {
        failed = null;
        return once;
      }
      Iterator<?> from = children;
      if (from == null) {
        return Emission.END;
      }
      try {
        if (!from.hasNext()) {
          return Emission.END;
        }
      } catch (Exception e) {
        children = null;
        return failAt(record, index, e, 1);
      }
      try {
        Value child = new Value(from.next());
        failures = 0;
        return child;
      } catch (Exception e) {
        if (++failures == FAILURES_IN_A_ROW) {
          children = null;
        }
        return failAt(record, index, e, 1);
      }
    }
  }

  InTurn(Step.FlatMap step, Node upstream) {
    super(step, upstream);
    this.step = step;
  }

  @Override
  Emission advance() {
    while (true) {
      while (!over && turns.size() < step.options().concurrency()) {
        switch (pull()) {
          case Value(Object record) -> turns.add(new Turn(record, opened++));
          case Failed failure -> {
            return failure;
          }
          case Emission.End _ -> over = true;
        }
      }
      if (turns.isEmpty()) {
        return Emission.END;
      }
      Turn turn = turns.removeFirst();
      Emission next = turn.take();
      if (!(next instanceof Emission.End)) {
        turns.addLast(turn);
        return next;
      }
    }
  }
}
