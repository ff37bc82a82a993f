package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Indexed;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.testkit.reference.Emission.Value;
import dev.penstock.testkit.reference.Reference.Node;
import org.jspecify.annotations.Nullable;

/// Steps that send one emission, or none, for each one they are given; failures pass.
abstract class Simple extends Node {

  Simple(Step step, Node upstream) {
    super(step, upstream);
  }

  /// What comes of a record; null for nothing.
  abstract @Nullable Emission on(@Nullable Object record) throws Exception;

  @Override
  final Emission advance() {
    while (true) {
      Emission given = pull();
      if (!(given instanceof Value(Object record))) {
        return given;
      }
      Emission sent;
      try {
        sent = on(record);
      } catch (Exception e) {
        return fail(record, e);
      }
      if (sent != null) {
        return sent;
      }
    }
  }

  static Node same(Step.Link step, Node upstream) {
    return new Simple(step, upstream) {
      @Override
      Emission on(@Nullable Object record) {
        return new Value(record);
      }
    };
  }

  static Node map(Step.Map step, Node upstream) {
    CallOptions options = step.options();
    return new Simple(step, upstream) {
      @Override
      Emission on(@Nullable Object record) {
        return call(record, options, () -> step.fn().apply(record));
      }
    };
  }

  static Node tap(Step.Tap step, Node upstream) {
    CallOptions options = step.options();
    return new Simple(step, upstream) {
      @Override
      Emission on(@Nullable Object record) {
        return call(
            record,
            options,
            () -> {
              step.action().accept(record);
              return record;
            });
      }
    };
  }

  static Node filter(Step.Filter step, Node upstream) {
    return new Simple(step, upstream) {
      @Override
      @Nullable Emission on(@Nullable Object record) throws Exception {
        return step.keep().holds(record) ? new Value(record) : null;
      }
    };
  }

  static Node zipWithIndex(Step.ZipWithIndex step, Node upstream) {
    return new Simple(step, upstream) {
      private long index;

      @Override
      Emission on(@Nullable Object record) {
        return new Value(new Indexed<>(index++, record));
      }
    };
  }

  static Node scan(Step.Scan step, Node upstream) {
    return new Simple(step, upstream) {
      private @Nullable Object result = step.initial();

      @Override
      Emission on(@Nullable Object record) throws Exception {
        result = step.fn().apply(result, record);
        return new Value(result);
      }
    };
  }
}
