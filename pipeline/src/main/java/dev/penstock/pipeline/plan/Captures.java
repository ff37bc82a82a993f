package dev.penstock.pipeline.plan;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the functions of a plan have captured that can be changed. Where a plan is shipped to
/// another process, that works on a copy, and what it changes there is lost.
///
/// Seen is what a lambda or a bound method reference captured itself, as its serialized form tells
/// it. Not seen are fields: of the object whose `this` is captured, of other captured objects, and
/// static ones, since nothing says which of them the function uses.
final class Captures {
  private Captures() {}

  /// One sentence for each function with such captures, the first step's first.
  static List<String> warnings(Step step) {
    List<String> warnings = new ArrayList<>();
    for (Step upstream : step.upstreams()) {
      warnings.addAll(warnings(upstream));
    }
    List<String> kinds =
        functions(step).flatMap(Captures::changeable).map(Captures::kind).distinct().toList();
    if (!kinds.isEmpty()) {
      warnings.add(
          "%s captures what can be changed (%s): a process that the plan is shipped to works on a copy"
              .formatted(Explain.name(step), String.join(", ", kinds)));
    }
    return warnings;
  }

  private static Stream<Object> functions(Step step) {
    return switch (step) {
      case Step.Iterate s -> Stream.of(s.iterators());
      case Step.Generate s -> Stream.of(s.supply());
      case Step.Streams s -> Stream.of(s.streams());
      case Step.Map s -> with(s.fn(), s.options());
      case Step.Tap s -> with(s.action(), s.options());
      case Step.FlatMap s -> with(s.fn(), s.options());
      case Step.Filter s -> Stream.of(s.keep());
      case Step.Batch s -> Stream.ofNullable(s.key());
      case Step.TakeWhile s -> Stream.of(s.check());
      case Step.DropWhile s -> Stream.of(s.check());
      case Step.Distinct s -> Stream.of(s.key());
      case Step.DistinctConsecutive s -> Stream.of(s.key());
      case Step.Scan s -> Stream.of(s.fn());
      case Step.Observe s -> Stream.ofNullable(s.observation().to());
      case Step.Catching s -> caught(s.settings());
      case Step.Zip s -> Stream.of(s.fn());
      case Step.Read _, Step.Over _, Step.Lines _, Step.Poll _ -> Stream.of();
      case Step.Throttle _, Step.Buffer _, Step.Take _, Step.Skip _ -> Stream.of();
      case Step.ZipWithIndex _, Step.Window _, Step.ErrorBudget _, Step.To _ -> Stream.of();
      case Step.Concat _, Step.Merge _ -> Stream.of();
    };
  }

  private static Stream<Object> with(Object function, CallOptions options) {
    Retry retry = options.retry();
    return Stream.concat(
        Stream.of(function), Stream.ofNullable(retry == null ? null : retry.when()));
  }

  private static Stream<Object> caught(Catch settings) {
    Object with = settings.outcome() instanceof Catch.Replace replace ? replace.with() : null;
    return Stream.of(
            Stream.ofNullable(settings.when()),
            Stream.ofNullable(settings.onFailure()),
            Stream.ofNullable(with))
        .flatMap(found -> found);
  }

  /// What a function has captured that can be changed, also by the functions that it captured.
  private static Stream<Object> changeable(Object function) {
    SerializedLambda form = Names.serialized(function);
    if (form == null) {
      return Stream.of();
    }
    List<Object> found = new ArrayList<>();
    for (int i = 0; i < form.getCapturedArgCount(); i++) {
      @Nullable Object captured = form.getCapturedArg(i);
      if (captured != null) {
        (isChangeable(captured) ? Stream.of(captured) : changeable(captured)).forEach(found::add);
      }
    }
    return found.stream();
  }

  /// The collections of the JDK that nothing can be put into say so by the names of their classes
  /// only.
  private static boolean isChangeable(Object captured) {
    return switch (captured) {
      case Collection<?> _, Map<?, ?> _ ->
          !captured
              .getClass()
              .getName()
              .matches(
                  "java\\.util\\.(ImmutableCollections\\$.*|Collections\\$(Unmodifiable|Empty|Singleton).*)");
      case StringBuilder _, StringBuffer _ -> true;
      case AtomicInteger _, AtomicLong _, AtomicBoolean _, AtomicReference<?> _ -> true;
      default -> captured.getClass().isArray() && Array.getLength(captured) > 0;
    };
  }

  private static String kind(Object captured) {
    return captured.getClass().getSimpleName();
  }
}
