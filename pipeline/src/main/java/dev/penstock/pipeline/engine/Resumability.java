package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Catch;
import dev.penstock.pipeline.plan.Explain;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.PlanRefused;
import org.jspecify.annotations.Nullable;

/// Which plans can be resumed: the rules of `docs/positions.md`, each refusal naming the step.
final class Resumability {
  private Resumability() {}

  /// Refuses a plan that cannot keep the promise of `resumable`.
  ///
  /// @param splits how many splits the source has
  static void check(Step.To plan, int splits) {
    if (plan.sink() instanceof PlainSink) {
      throw refused(plan, "its target keeps no positions", "write to a database or to files");
    }
    Step lowestUnordered = null;
    Step at = plan.upstream();
    while (at instanceof Step.Link link) {
      if (isUnordered(link)) {
        lowestUnordered = lowestUnordered == null ? link : lowestUnordered;
      }
      check(link);
      at = link.upstream();
    }
    checkOrigin(at);
    if (splits > 1) {
      refuseOrderDependent(
          plan,
          at,
          "the source has " + splits + " splits, read in no promised order",
          "read one split");
    }
    if (lowestUnordered != null) {
      refuseOrderDependent(
          plan, lowestUnordered, "records come to it in no order", "take unordered() away");
    }
  }

  private static void check(Step.Link link) {
    if (link instanceof Step.FlatMap flatMap && isInterleaved(flatMap.options())) {
      throw refused(
          link, "it mixes the children of several records", "use flatMap without a concurrency");
    }
  }

  private static void checkOrigin(Step origin) {
    switch (origin) {
      case Step.Read(var source) when source.traits().contains(Trait.GROUP) ->
          throw refused(
              origin,
              "its splits are handed out by a broker, which is not supported yet",
              "read it without resumable");
      case Step.Read(var source) when source.traits().contains(Trait.SEEKABLE) -> {}
      case Step.Origin _ ->
          throw refused(origin, "it has no positions to go on from", "read a file or a table");
      case Step.Junction _ ->
          throw refused(
              origin, "positions of several pipelines are not kept", "run them one by one");
      case Step.Link _ -> throw new IllegalStateException("not an origin: " + origin);
    }
  }

  /// Refuses steps between the end of the plan and `above` whose output depends on the order of
  /// records.
  private static void refuseOrderDependent(Step.To plan, Step above, String why, String instead) {
    Step at = plan.upstream();
    while (at instanceof Step.Link link && at != above) {
      if (isOrderDependent(link)) {
        throw refused(link, "it depends on the order of records, and " + why, instead);
      }
      at = link.upstream();
    }
  }

  private static PlanRefused refused(Step step, String why, String instead) {
    return new PlanRefused(
        Explain.name(step)
            + " cannot be resumed: "
            + why
            + "; "
            + instead
            + ", or run it without resumable");
  }

  static boolean isInterleaved(CallOptions options) {
    return options.concurrency() > 1 || !options.ordered();
  }

  static boolean isUnordered(Step step) {
    CallOptions options = options(step);
    return options != null && !options.ordered();
  }

  static @Nullable CallOptions options(Step step) {
    return switch (step) {
      case Step.Map map -> map.options();
      case Step.Tap tap -> tap.options();
      case Step.FlatMap flatMap -> flatMap.options();
      default -> null;
    };
  }

  /// Whether the step has something to store with a position, or to flush before it.
  static boolean isStateful(Step step) {
    return switch (step) {
      case Step.Catching(_, Catch settings) ->
          switch (settings.outcome()) {
            case Catch.Skip _, Catch.Replace _ -> false;
            case Catch.Stop _, Catch.FailAtEnd _, Catch.ToDeadLetters _ -> true;
          };
      case Step.ErrorBudget _ -> true;
      default -> isOrderDependent(step);
    };
  }

  private static boolean isOrderDependent(Step step) {
    return switch (step) {
      case Step.Take _, Step.Skip _, Step.TakeWhile _, Step.DropWhile _ -> true;
      case Step.Distinct _, Step.DistinctConsecutive _, Step.ZipWithIndex _ -> true;
      case Step.Scan _, Step.Window _ -> true;
      case Step.Catching(_, Catch settings) -> settings.outcome() instanceof Catch.Stop;
      default -> false;
    };
  }
}
