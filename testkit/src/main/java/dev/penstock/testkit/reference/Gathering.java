package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Step;
import dev.penstock.testkit.reference.Emission.Failed;
import dev.penstock.testkit.reference.Emission.Value;
import dev.penstock.testkit.reference.Reference.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// A step that sends any number of emissions for one it is given.
abstract class Gathering extends Node {
  private final Deque<Emission> ready = new ArrayDeque<>();
  private boolean over;

  Gathering(Step step, Node upstream) {
    super(step, upstream);
  }

  final void send(Emission emission) {
    ready.add(emission);
  }

  abstract void on(@Nullable Object record);

  void onFailure(Failed failure) {
    send(failure);
  }

  void onEnd() {}

  @Override
  final Emission advance() {
    while (ready.isEmpty() && !over) {
      switch (pull()) {
        case Value(Object record) -> on(record);
        case Failed failure -> onFailure(failure);
        case Emission.End _ -> {
          over = true;
          onEnd();
        }
      }
    }
    return ready.isEmpty() ? Emission.END : ready.remove();
  }
}
