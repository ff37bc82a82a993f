package dev.penstock.pipeline.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plans as text, for people: `explain()` and the names of steps in messages.
public final class Explain {
  private static final int LINE = 80;

  private Explain() {}

  /// The whole plan: one line up to 80 columns, else one step a line.
  public static String plan(Step step) {
    List<String> parts = new ArrayList<>();
    Step at = step;
    while (at instanceof Step.Link link) {
      parts.addFirst("." + name(link));
      at = link.upstream();
    }
    parts.addFirst("Pipeline." + name(at));
    String line = String.join("", parts);
    return line.length() <= LINE && !line.contains("\n") ? line : String.join("\n    ", parts);
  }

  /// The plan, and below it what its author should know before it is shipped.
  public static String withWarnings(Step step) {
    StringBuilder text = new StringBuilder(plan(step));
    warnings(step).forEach(warning -> text.append("\nwarning: ").append(warning));
    return text.toString();
  }

  /// What in a plan would not work as it reads once the plan runs in another process: functions
  /// that have captured collections, arrays or counters, which are copied.
  public static List<String> warnings(Step step) {
    return Captures.warnings(step);
  }

  /// The step itself with its settings: `map(Trip::parse, concurrency 2)`.
  public static String name(Step step) {
    return switch (step) {
      case Step.Read s -> "from(" + s.source().describe() + ")";
      case Step.Over s -> "over(" + items(s.items()) + ")";
      case Step.Iterate s -> "iterate(" + Names.of(s.iterators()) + ")";
      case Step.Generate s -> "generate(" + Names.of(s.supply()) + ")";
      case Step.Streams s -> "streams(" + Names.of(s.streams()) + ")";
      case Step.Lines s -> "lines(" + s.file() + ")";
      case Step.Poll s ->
          "queue(" + (s.idle() == null ? "" : "idle " + Durations.text(s.idle())) + ")";
      case Step.Map s -> "map(" + call(Names.of(s.fn()), s.options()) + ")";
      case Step.Tap s -> "tap(" + call(Names.of(s.action()), s.options()) + ")";
      case Step.FlatMap s -> "flatMap(" + call(Names.of(s.fn()), s.options()) + ")";
      case Step.Filter s -> "filter(" + Names.of(s.keep()) + ")";
      case Step.Batch s -> batch(s);
      case Step.Throttle s -> "throttle(" + s.limiter() + ")";
      case Step.Buffer s -> "buffer(" + s.size() + ")";
      case Step.Take s -> "take(" + s.count() + ")";
      case Step.Skip s -> "skip(" + s.count() + ")";
      case Step.TakeWhile s -> "takeWhile(" + Names.of(s.check()) + ")";
      case Step.DropWhile s -> "dropWhile(" + Names.of(s.check()) + ")";
      case Step.Distinct s -> "distinct(" + Names.of(s.key()) + ", " + s.remembered() + ")";
      case Step.DistinctConsecutive s -> "distinctConsecutive(" + Names.of(s.key()) + ")";
      case Step.ZipWithIndex _ -> "zipWithIndex()";
      case Step.Scan s -> "scan(" + s.initial() + ", " + Names.of(s.fn()) + ")";
      case Step.Window s ->
          "window(" + s.size() + (s.every() == s.size() ? ")" : ", every " + s.every() + ")");
      case Step.Observe s -> "observe(" + observe(s) + ")";
      case Step.Catching s -> caught(s.settings());
      case Step.ErrorBudget s -> "errorBudget(" + budget(s.budget()) + ")";
      case Step.To s ->
          "to("
              + s.sink().describe()
              + (s.rejected() == null ? "" : ", rejected to " + s.rejected().describe())
              + ")";
      case Step.Zip s ->
          "zip(" + plan(s.left()) + ", " + plan(s.right()) + ", " + Names.of(s.fn()) + ")";
      case Step.Concat s -> "concat(" + all(s.upstreams()) + ")";
      case Step.Merge s -> "merge(" + all(s.upstreams()) + ")";
    };
  }

  private static String all(List<Step> steps) {
    return steps.stream().map(Explain::plan).collect(Collectors.joining(", "));
  }

  private static String items(Iterable<?> items) {
    if (items instanceof java.util.Collection<?> c && c.size() > 8) {
      return c.size() + " records";
    }
    return items instanceof java.util.Collection<?> || items instanceof LongRange
        ? items.toString()
        : Names.of(items);
  }

  private static String call(String fn, CallOptions o) {
    StringBuilder text = new StringBuilder(fn);
    append(text, "concurrency ", o.concurrency() == 1 ? null : o.concurrency());
    text.append(o.ordered() ? "" : ", unordered");
    append(text, "window ", o.window() == 0 ? null : o.window());
    Retry retry = o.retry();
    append(text, "retry ", retry == null ? null : retry.times() + " times");
    append(text, "timeout ", o.timeout() == null ? null : Durations.text(o.timeout()));
    append(text, "rate ", o.rate());
    return text.toString();
  }

  private static void append(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append(", ").append(name).append(value);
    }
  }

  private static String batch(Step.Batch s) {
    StringBuilder text =
        new StringBuilder(s.key() == null ? "batch(" : "batchBy(" + Names.of(s.key()) + ", ");
    text.append(s.batching().size());
    append(text, "", s.batching().within());
    return text.append(')').toString();
  }

  private static String observe(Step.Observe s) {
    StringBuilder text = new StringBuilder('"' + s.subject() + '"');
    Observation o = s.observation();
    append(text, "every ", o.every() == 0 ? null : o.every());
    append(text, "every ", o.interval() == null ? null : Durations.text(o.interval()));
    append(text, "to ", o.to() == null ? null : Names.of(o.to()));
    return text.toString();
  }

  private static String caught(Catch c) {
    StringBuilder text =
        new StringBuilder(
            c.types().stream()
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "catching(", ")")));
    if (c.when() != null) {
      text.append(".when(").append(Names.of(c.when())).append(')');
    }
    if (c.onFailure() != null) {
      text.append(".onFailure(").append(Names.of(c.onFailure())).append(')');
    }
    return text.append(
            switch (c.outcome()) {
              case Catch.Skip _ -> ".skip()";
              case Catch.Replace r -> ".replaceWith(" + Names.of(r.with()) + ")";
              case Catch.Stop _ -> ".stop()";
              case Catch.ToDeadLetters d -> ".deadLetter(" + d.sink().describe() + ")";
              case Catch.FailAtEnd _ -> ".failAtEnd()";
            })
        .toString();
  }

  private static String budget(Budget b) {
    return b.failures() < Long.MAX_VALUE
        ? Long.toString(b.failures())
        : "ratio " + b.ratio() + ", at least " + b.atLeast();
  }
}
