package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Step;
import dev.penstock.testkit.reference.Emission.Value;
import dev.penstock.testkit.reference.Reference.Node;
import java.util.List;

/// Steps over several upstreams.
final class Junctions {
  private Junctions() {}

  /// A record of each, until one ends; a failure of either passes alone.
  static final class Zip extends Node {
    private final Step.Zip step;
    private final Node left;
    private final Node right;
    private Emission first = Emission.END;
    private long pairs;

    Zip(Step.Zip step, Node left, Node right) {
      super(step, null);
      this.step = step;
      this.left = left;
      this.right = right;
    }

    @Override
    Emission advance() {
      if (!(first instanceof Value)) {
        first = left.next();
      }
      if (!(first instanceof Value(Object one))) {
        return first;
      }
      Emission second = right.next();
      if (!(second instanceof Value(Object other))) {
        return second;
      }
      first = Emission.END;
      pairs++;
      try {
        return new Value(step.fn().apply(one, other));
      } catch (Exception e) {
        return failAt(one, pairs - 1, e, 1);
      }
    }
  }

  /// One upstream after the other.
  static final class Concat extends Node {
    private final List<Node> parts;
    private int at;

    Concat(Step step, List<Node> parts) {
      super(step, null);
      this.parts = parts;
    }

    @Override
    Emission advance() {
      while (at < parts.size()) {
        Emission next = parts.get(at).next();
        if (!(next instanceof Emission.End)) {
          return next;
        }
        at++;
      }
      return Emission.END;
    }
  }
}
