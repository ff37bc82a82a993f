package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Step;
import dev.penstock.testkit.reference.Emission.Value;
import dev.penstock.testkit.reference.Reference.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Steps that give some of the records and drop the others.
final class Limits {
  private Limits() {}

  static Node take(Step.Take step, Node upstream) {
    return new Node(step, upstream) {
      private long taken;

      @Override
      Emission advance() {
        if (taken == step.count()) {
          return Emission.END;
        }
        Emission given = pull();
        if (given instanceof Value) {
          taken++;
        }
        return given;
      }
    };
  }

  static Node skip(Step.Skip step, Node upstream) {
    return new Simple(step, upstream) {
      private long skipped;

      @Override
      @Nullable Emission on(@Nullable Object record) {
        if (skipped < step.count()) {
          skipped++;
          return null;
        }
        return new Value(record);
      }
    };
  }

  static Node takeWhile(Step.TakeWhile step, Node upstream) {
    return new Node(step, upstream) {
      private boolean over;

      @Override
      Emission advance() {
        if (over) {
          return Emission.END;
        }
        Emission given = pull();
        if (!(given instanceof Value(Object record))) {
          return given;
        }
        try {
          over = !step.check().holds(record);
        } catch (Exception e) {
          return fail(record, e);
        }
        return over ? Emission.END : given;
      }
    };
  }

  static Node dropWhile(Step.DropWhile step, Node upstream) {
    return new Simple(step, upstream) {
      private boolean begun;

      @Override
      @Nullable Emission on(@Nullable Object record) throws Exception {
        begun = begun || !step.check().holds(record);
        return begun ? new Value(record) : null;
      }
    };
  }

  static Node distinct(Step.Distinct step, Node upstream) {
    return new Simple(step, upstream) {
      private final List<@Nullable Object> seen = new ArrayList<>();

      @Override
      @Nullable Emission on(@Nullable Object record) throws Exception {
        Object key = step.key().apply(record);
        if (seen.contains(key)) {
          return null;
        }
        seen.add(key);
        if (seen.size() > step.remembered()) {
          seen.removeFirst();
        }
        return new Value(record);
      }
    };
  }

  static Node distinctConsecutive(Step.DistinctConsecutive step, Node upstream) {
    return new Simple(step, upstream) {
      private boolean any;
      private @Nullable Object last;

      @Override
      @Nullable Emission on(@Nullable Object record) throws Exception {
        Object key = step.key().apply(record);
        boolean same = any && Objects.equals(key, last);
        any = true;
        last = key;
        return same ? null : new Value(record);
      }
    };
  }
}
