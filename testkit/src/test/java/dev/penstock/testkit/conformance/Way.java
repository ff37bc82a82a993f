package dev.penstock.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.Steps;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.run.RecordIterator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/// How a pipeline is executed. A case holds in each way, to the end of the pipeline, through its
/// iterator, and through an iterator that is closed early.
enum Way {
  SEQUENTIAL(CallOptions.NONE),
  ORDERED(Steps.concurrency(3)),
  NARROW(Steps.concurrency(2).window(2)),
  UNORDERED(Steps.concurrency(3).unordered());

  private static final int MOST_PULLS = 10_000;
  static final List<Integer> INTS = ints(0, 256);

  final CallOptions options;

  Way(CallOptions options) {
    this.options = options;
  }

  /// A failure in the place of a record.
  record Err(Class<?> type) {}

  static Err err(Class<? extends Throwable> type) {
    return new Err(type);
  }

  static List<Integer> ints(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  static List<String> letters(String text) {
    return text.chars().mapToObj(c -> String.valueOf((char) c)).toList();
  }

  /// A list that may hold nulls.
  static List<Object> list(Object... elements) {
    List<Object> all = new ArrayList<>();
    Collections.addAll(all, elements);
    return all;
  }

  /// `1 / n` that fails at 0.
  static double inverse(double n) {
    if (n == 0) {
      throw new ArithmeticException("division by zero");
    }
    return 1 / n;
  }

  /// The same records, having passed a step of this way.
  <T> Pipeline<T> through(Pipeline<T> pipeline) {
    return pipeline.map(record -> record, options);
  }

  boolean keepsOrder() {
    return options.ordered();
  }

  /// Asserts what a pipeline gives, pull by pull, in every way.
  static void holds(Function<Way, ? extends Pipeline<?>> pipeline, List<?> expected) {
    for (Way way : values()) {
      way.check(pipeline.apply(way), expected);
    }
  }

  /// The same for a pipeline in which order matters: in the ways that keep it.
  static void holdsInOrder(Function<Way, ? extends Pipeline<?>> pipeline, List<?> expected) {
    for (Way way : values()) {
      if (way.keepsOrder()) {
        way.check(pipeline.apply(way), expected);
      }
    }
  }

  /// Asserts what a pipeline gives that is executed in one way only.
  static void gives(Pipeline<?> pipeline, List<?> expected) {
    SEQUENTIAL.check(pipeline, expected);
  }

  private void check(Pipeline<?> pipeline, List<?> expected) {
    compare(pulls(pipeline, MOST_PULLS), expected, "pulled");
    if (expected.stream().noneMatch(e -> e instanceof Err)) {
      compare(pipeline.toList(), expected, "to the end");
    }
    for (int taken : new TreeSet<>(List.of(0, 1, expected.size() / 2))) {
      List<Object> begun = pulls(pipeline, taken);
      int length = Math.min(taken, expected.size());
      if (keepsOrder()) {
        assertThat(begun)
            .as("%s closed after %s", this, taken)
            .isEqualTo(expected.subList(0, length));
      } else {
        assertThat(begun).as("%s closed after %s", this, taken).hasSize(length);
      }
    }
  }

  private void compare(List<?> actual, List<?> expected, String how) {
    if (keepsOrder()) {
      assertThat(shown(actual)).as("%s %s", this, how).isEqualTo(shown(expected));
    } else {
      assertThat(shown(actual))
          .as("%s %s", this, how)
          .containsExactlyInAnyOrderElementsOf(shown(expected));
    }
  }

  private static List<Object> shown(List<?> records) {
    return new ArrayList<>(records);
  }

  /// What the pulls give: records, and an [Err] where a pull throws.
  static List<Object> pulls(Pipeline<?> pipeline) {
    return pulls(pipeline, MOST_PULLS);
  }

  private static List<Object> pulls(Pipeline<?> pipeline, int most) {
    List<Object> all = new ArrayList<>();
    try (RecordIterator<?> records = pipeline.iterator()) {
      while (all.size() < most && pull(records, all)) {
        assertThat(all.size()).as("pulls").isLessThan(MOST_PULLS);
      }
    }
    return all;
  }

  /// Pulls once; false at the end.
  static boolean pull(RecordIterator<?> records, List<Object> into) {
    try {
      if (!records.hasNext()) {
        return false;
      }
      into.add(records.next());
    } catch (Exception e) {
      into.add(new Err(e.getClass()));
    }
    return true;
  }
}
