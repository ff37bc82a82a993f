package dev.penstock.testkit.reference;

import dev.penstock.pipeline.plan.Failure;
import dev.penstock.pipeline.run.ErrorBudgetExceeded;
import dev.penstock.pipeline.run.RecordIterator;
import dev.penstock.pipeline.run.RunOptions;
import dev.penstock.pipeline.run.StepSummary;
import dev.penstock.pipeline.run.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Holds the engine to the interpreter for one plan. What differs is told as text; nothing is null.
final class Outcome {
  private static final int MOST_PULLS = 100_000;

  /// An exception that came out.
  record Thrown(Class<?> type, String message) {
    @Override
    public String toString() {
      return type.getSimpleName() + "[" + message + "]";
    }

    static Thrown of(Throwable t) {
      // a budget's message names its step, which the interpreter leaves out
      return t instanceof ErrorBudgetExceeded
          ? new Thrown(t.getClass(), "budget")
          : new Thrown(t.getClass(), t.getMessage());
    }
  }

  private final Plan.Built built;
  private final List<Object> expected = new ArrayList<>();
  private final List<List<String>> caught;
  private final List<StepSummary> counters;
  private final int keptForTheEnd;

  private Outcome(Plan.Built built) {
    this.built = built;
    Reference reference = Reference.of(built.pipeline.plan());
    List<Emission> emissions = new ArrayList<>();
    Throwable fatal = null;
    try {
      reference.emissionsInto(emissions);
    } catch (ErrorBudgetExceeded exceeded) {
      fatal = exceeded;
    }
    for (Emission emission : emissions) {
      expected.add(
          switch (emission) {
            case Emission.Value(Object record) -> record;
            case Emission.Failed(Failure failure) -> Thrown.of(failure.cause());
            case Emission.End _ -> throw new IllegalStateException("the end is no emission");
          });
    }
    if (fatal != null) {
      expected.add(Thrown.of(fatal));
    }
    caught = told();
    counters = reference.counters();
    keptForTheEnd = reference.failedAtEnd().size();
  }

  /// What the engine did otherwise; empty when it did the same.
  static String differs(Plan plan, int close) {
    Plan.Built built = plan.build();
    Outcome outcome = new Outcome(built);
    String run = outcome.run();
    if (!run.isEmpty()) {
      return "run: " + run;
    }
    if (built.hasBudget && built.hasBatches) {
      return ""; // a budget that ends the run may take the batch with it that its failure closed
    }
    String pulled = outcome.pull(MOST_PULLS);
    if (!pulled.isEmpty()) {
      return "iterator: " + pulled;
    }
    String begun = outcome.pull(close);
    return begun.isEmpty() ? "" : "iterator closed after " + close + ": " + begun;
  }

  private String run() {
    built.caught.forEach(List::clear);
    List<Object> out = new ArrayList<>();
    int firstThrown = 0;
    while (firstThrown < expected.size() && !(expected.get(firstThrown) instanceof Thrown)) {
      firstThrown++;
    }
    boolean fails = firstThrown < expected.size();
    Summary summary;
    try {
      summary = built.pipeline.forEach(out::add);
    } catch (Exception e) {
      Thrown thrown = Thrown.of(e);
      if (!fails
          || (built.unordered
              ? !expected.contains(thrown)
              : !expected.get(firstThrown).equals(thrown))) {
        return "threw " + thrown + ", wanted " + (fails ? expected.get(firstThrown) : "none");
      }
      boolean onlyAtEnd =
          firstThrown == expected.size() - 1
              && keptForTheEnd > 0
              && !(e instanceof ErrorBudgetExceeded);
      if (onlyAtEnd && suppressed(e) != Math.min(100, keptForTheEnd - 1)) {
        return suppressed(e) + " suppressed of " + keptForTheEnd;
      }
      return built.unordered ? "" : compare(out, expected.subList(0, firstThrown), "out");
    }
    if (fails) {
      return "threw nothing, wanted " + expected.get(firstThrown);
    }
    String differs = compare(out, expected, "out");
    if (differs.isEmpty() && !built.limits) {
      differs = compareCaught();
    }
    if (differs.isEmpty() && !built.readsAhead && !built.limits && !built.junctions) {
      differs = compareCounters(summary);
    }
    return differs;
  }

  private static long suppressed(Exception e) {
    return java.util.Arrays.stream(e.getSuppressed())
        .filter(s -> !(s instanceof dev.penstock.pipeline.plan.FailedAt))
        .count();
  }

  private String pull(int most) {
    List<Object> out = new ArrayList<>();
    try (RecordIterator<Object> records = built.pipeline.iterator(RunOptions.DEFAULT)) {
      while (out.size() < most) {
        try {
          if (!records.hasNext()) {
            break;
          }
          out.add(records.next());
        } catch (Exception e) {
          out.add(Thrown.of(e));
        }
      }
    }
    if (most >= expected.size()) {
      return compare(out, expected, "pulled");
    }
    if (built.unordered) {
      return out.size() == most ? "" : "pulled " + out.size() + " of " + most;
    }
    return compare(out, expected.subList(0, most), "pulled");
  }

  private String compare(List<?> actual, List<?> wanted, String what) {
    List<?> a = built.unordered ? sorted(actual) : actual;
    List<?> w = built.unordered ? sorted(wanted) : wanted;
    return a.equals(w) ? "" : what + " " + a + "\n  wanted " + w;
  }

  private static List<String> sorted(List<?> records) {
    return records.stream().map(String::valueOf).sorted(Comparator.naturalOrder()).toList();
  }

  private List<List<String>> told() {
    List<List<String>> all = new ArrayList<>();
    for (List<Failure> failures : built.caught) {
      List<String> lines = new ArrayList<>();
      for (Failure f : failures) {
        lines.add(
            f.record()
                + " in "
                + f.step()
                + (placed() ? " at " + f.index() : "")
                + " after "
                + f.attempts()
                + ": "
                + Thrown.of(f.cause()));
      }
      all.add(built.unordered ? sorted(lines) : lines);
    }
    return all;
  }

  /// Batches that wait above a flatMap count as given to it when it is pulled: places are told
  /// without them only.
  private boolean placed() {
    return !built.unordered && !built.hasBatches;
  }

  private String compareCaught() {
    List<List<String>> actual = told();
    return actual.equals(caught) ? "" : "caught " + actual + "\n  wanted " + caught;
  }

  private String compareCounters(Summary summary) {
    List<String> actual = summary.steps().stream().map(Outcome::figures).toList();
    List<String> wanted = counters.stream().map(Outcome::figures).toList();
    return actual.equals(wanted) ? "" : "counters " + actual + "\n  wanted " + wanted;
  }

  private static String figures(StepSummary step) {
    return step.name() + " in " + step.in() + " out " + step.out() + " failed " + step.failed();
  }
}
