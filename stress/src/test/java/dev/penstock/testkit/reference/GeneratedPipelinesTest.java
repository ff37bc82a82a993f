package dev.penstock.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.NoLeaks;
import dev.penstock.testkit.Seed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random pipelines, run by the engine and by the interpreter: same records, same failures, same
/// order, same exception, same counters. `-Dpenstock.seed=N` replays one case, `-Dpenstock.cases=N`
/// sets how many there are.
@NoLeaks
class GeneratedPipelinesTest {
  private static final int CASES = Integer.getInteger("penstock.cases", 10_000);
  private static final int MOST_SHRINKS = 3_000;
  private static final int MOST_SHOWN = 1_000;

  @Test
  void the_engine_does_what_the_interpreter_does() {
    long first = Seed.of("generated pipelines");
    int cases = Seed.isReplayed() ? 1 : CASES;
    Map<Plan.Kind, Integer> seen = new EnumMap<>(Plan.Kind.class);
    for (long seed = first; seed < first + cases; seed++) {
      Plan plan = Plan.random(new Random(seed));
      plan.steps().forEach(step -> seen.merge(step.kind(), 1, Integer::sum));
      check(plan, seed);
    }
    if (cases >= 1_000) {
      assertThat(seen.keySet()).as("kinds of steps drawn").containsExactly(Plan.Kind.values());
    }
  }

  private static void check(Plan plan, long seed) {
    int close = (int) (seed % 17);
    String differs = differs(plan, close);
    if (differs.isEmpty()) {
      return;
    }
    Plan small = shrink(plan, close);
    String smallest = differs(small, close);
    throw new AssertionError(
        "-Dpenstock.seed=%d\n%s\nover %s\n%s\n\nbefore shrinking: %s"
            .formatted(
                seed,
                small.build().pipeline.explain(),
                small.records(),
                smallest.isEmpty() ? "(does not fail every time)" : smallest,
                differs.substring(0, Math.min(differs.length(), MOST_SHOWN))));
  }

  private static String differs(Plan plan, int close) {
    try {
      return Outcome.differs(plan, close);
    } catch (RuntimeException | Error e) {
      java.io.StringWriter trace = new java.io.StringWriter();
      e.printStackTrace(new java.io.PrintWriter(trace));
      return "could not be compared: " + trace;
    }
  }

  /// Takes steps and records away for as long as the plan still differs.
  private static Plan shrink(Plan plan, int close) {
    Plan smallest = plan;
    int left = MOST_SHRINKS;
    boolean smaller = true;
    while (smaller && left > 0) {
      smaller = false;
      for (Plan candidate : smallerThan(smallest)) {
        if (left-- > 0 && !differs(candidate, close).isEmpty()) {
          smallest = candidate;
          smaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static List<Plan> smallerThan(Plan plan) {
    List<Plan> candidates = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      List<Plan.Draw> steps = new ArrayList<>(plan.steps());
      steps.remove(i);
      candidates.add(new Plan(plan.source(), plan.records(), steps));
    }
    int size = plan.records().size();
    for (int part = Math.max(1, size / 2); part >= 1 && size > 0; part /= 2) {
      for (int from = 0; from < size; from += part) {
        List<Object> records = new ArrayList<>(plan.records());
        records.subList(from, Math.min(size, from + part)).clear();
        candidates.add(new Plan(plan.source(), records, plan.steps()));
      }
    }
    return candidates;
  }
}
