package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Catch;
import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.testkit.reference.Emission.Failed;
import dev.penstock.testkit.reference.Emission.Value;
import dev.penstock.testkit.reference.Reference.Node;
import org.jspecify.annotations.Nullable;

/// A `catching` step.
final class Catcher extends Node {
  private final Catch settings;
  private final Reference run;
  private boolean over;

  Catcher(Step.Catching step, Node upstream, Reference run) {
    super(step, upstream);
    settings = step.settings();
    this.run = run;
  }

  @Override
  Emission advance() {
    while (!over) {
      Emission given = pull();
      if (!(given instanceof Failed(Failure failure))) {
        return given;
      }
      try {
        if (!takes(failure)) {
          return given;
        }
        if (settings.onFailure() != null) {
          settings.onFailure().accept(failure);
        }
        Emission sent = outcome(failure);
        if (sent != null) {
          return sent;
        }
      } catch (Exception e) {
        return new Failed(
            new Failure(failure.record(), name, failure.index(), failure.attempts(), e, null));
      }
    }
    return Emission.END;
  }

  private boolean takes(Failure failure) throws Exception {
    return settings.types().stream().anyMatch(type -> type.isInstance(failure.cause()))
        && (settings.when() == null || settings.when().holds(failure));
  }

  private @Nullable Emission outcome(Failure failure) throws Exception {
    return switch (settings.outcome()) {
      case Catch.Skip _, Catch.ToDeadLetters _ -> null;
      case Catch.Replace(var with) -> new Value(with.apply(failure));
      case Catch.Stop _ -> {
        over = true;
        yield Emission.END;
      }
      case Catch.FailAtEnd _ -> {
        run.keepForTheEnd(failure.cause());
        yield null;
      }
    };
  }
}
