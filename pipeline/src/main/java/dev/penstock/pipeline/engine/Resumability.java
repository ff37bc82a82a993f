package dev.penstock.pipeline.engine;

import dev.penstock.pipeline.connector.PlainSink;
import dev.penstock.pipeline.connector.Source;
import dev.penstock.pipeline.connector.StagedSink;
import dev.penstock.pipeline.connector.Trait;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Catch;
import dev.penstock.pipeline.plan.Explain;
import dev.penstock.pipeline.plan.Step;
import dev.penstock.pipeline.run.PlanRefused;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which plans can be resumed: the rules of `docs/positions.md`, each refusal naming the step.
final class Resumability {
  private final Step.To plan;
  private final Function<Source<?>, OptionalInt> splits;

  /// Why records come in no order that a second run would repeat, and what to do about it.
  private record Disorder(String why, String instead) {}

  /// @param splits how many splits a source has; empty when that is not known
  Resumability(Step.To plan, Function<Source<?>, OptionalInt> splits) {
    this.plan = plan;
    this.splits = splits;
  }

  /// Why a plan would be refused if each of its sources had several splits.
  static Optional<String> refusal(Step.To plan) {
    try {
      new Resumability(plan, _ -> OptionalInt.empty()).check();
      return Optional.empty();
    } catch (PlanRefused e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Refuses a plan that cannot keep the promise of `resumable`.
  void check() {
    if (plan.sink() instanceof PlainSink && !readsGroup()) {
      throw refused(plan, "its target keeps no positions", "write to a database or to files");
    }
    Optional<String> unable = plan.sink().notResumable();
    if (unable.isPresent()) {
      throw refused(
          plan,
          unable.get(),
          plan.sink() instanceof StagedSink
              ? "write into a directory"
              : "let it write in one transaction");
    }
    disorder(plan.upstream());
  }

  private boolean readsGroup() {
    return Opening.origin(plan) instanceof Step.Read(var source)
        && source.traits().contains(Trait.GROUP);
  }

  /// A group's splits come and go while the run goes on, and others have the rest of them.
  private @Nullable Disorder ofGroup(Step origin) {
    Step at = plan.upstream();
    while (at instanceof Step.Link link) {
      if (isStateful(link) && !isDeadLetters(link)) {
        throw new PlanRefused(
            Explain.name(link)
                + " cannot be used on what a group reads: its state would be of all records, and"
                + " others of the group read some of them; take it away, or read without a group");
      }
      at = link.upstream();
    }
    if (at != origin) {
      throw new PlanRefused(
          Explain.name(origin)
              + " is read by a group, whose splits come and go, and cannot stand beside other"
              + " sources; run it by itself, or read without a group");
    }
    return new Disorder("a group's splits come mixed", "read one split");
  }

  private static boolean isDeadLetters(Step.Link link) {
    return link instanceof Step.Catching(_, Catch settings)
        && settings.outcome() instanceof Catch.ToDeadLetters;
  }

  /// Checks a step and all above it.
  ///
  /// @return why what comes out of it has no order; null when it has one
  private @Nullable Disorder disorder(Step step) {
    return switch (step) {
      case Step.Origin origin -> disorder(origin);
      case Step.Link link -> disorder(link);
      case Step.Junction junction -> disorder(junction);
    };
  }

  private @Nullable Disorder disorder(Step.Origin origin) {
    if (!(origin instanceof Step.Read(Source<?> source))) {
      throw refused(origin, "it has no positions to go on from", "read a file or a table");
    }
    if (source.traits().contains(Trait.GROUP)) {
      return ofGroup(origin);
    }
    if (!source.traits().contains(Trait.SEEKABLE)) {
      throw refused(origin, "it has no positions to go on from", "read a file or a table");
    }
    OptionalInt count = splits.apply(source);
    if (count.isPresent() && count.getAsInt() == 1) {
      return null;
    }
    String has = count.isPresent() ? "has " + count.getAsInt() : "may have several";
    return new Disorder(
        "the source " + has + " splits, read in no promised order", "read one split");
  }

  private @Nullable Disorder disorder(Step.Link link) {
    Disorder above = disorder(link.upstream());
    if (above != null && isOrderDependent(link)) {
      throw refused(link, "it depends on the order of records, and " + above.why, above.instead);
    }
    if (above != null || !losesOrder(link)) {
      return above;
    }
    return link instanceof Step.FlatMap
        ? new Disorder(
            "the children of several records come to it in turn",
            "use flatMap without a concurrency")
        : new Disorder("records come to it in no order", "take unordered() away");
  }

  private @Nullable Disorder disorder(Step.Junction junction) {
    boolean staged = plan.sink() instanceof StagedSink;
    Disorder any = null;
    for (Step input : junction.upstreams()) {
      Disorder disorder = disorder(input);
      any = any == null ? disorder : any;
    }
    if (staged && !(junction instanceof Step.Concat)) {
      throw refused(
          junction,
          "a file holds records of one split, and it mixes those of several",
          "write to a database");
    }
    return switch (junction) {
      case Step.Concat _ -> any;
      case Step.Merge _ -> new Disorder("merge gives records as they come", "use concat");
      case Step.Zip zip -> {
        if (any != null) {
          throw refused(zip, "it depends on the order of records, and " + any.why, any.instead);
        }
        zip.upstreams().forEach(input -> checkZipped(zip, input));
        yield null;
      }
    };
  }

  /// The inputs of a `zip` are cut at a pair, wherever that is, so that no mark can come down
  /// through them to collect states.
  private static void checkZipped(Step zip, Step input) {
    Step at = input;
    while (at instanceof Step.Link link) {
      if (isStateful(link)) {
        throw refused(
            link,
            "its state cannot be stored at a pair of the zip below it",
            "put it below the zip");
      }
      at = link.upstream();
    }
    if (at instanceof Step.Concat) {
      throw refused(
          zip,
          "an input of it is a concat, the positions of which are not known at a pair",
          "zip each of its parts");
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

  /// Whether records come out in an order that a second run would not repeat: that of completion,
  /// or in turn, which a cut begins anew.
  static boolean losesOrder(Step step) {
    CallOptions options = options(step);
    return options != null
        && (step instanceof Step.FlatMap ? isInterleaved(options) : !options.ordered());
  }

  static boolean isInterleaved(CallOptions options) {
    return options.concurrency() > 1 || !options.ordered();
  }

  private static @Nullable CallOptions options(Step step) {
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
