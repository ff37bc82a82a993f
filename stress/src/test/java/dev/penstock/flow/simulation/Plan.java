package dev.penstock.flow.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a simulated flow does, step by step.
record Plan(List<Step> steps) {
  Plan {
    steps = List.copyOf(steps);
  }

  /// One thing that a flow does.
  sealed interface Step {
    /// A task that takes a while, holding slots of the limits on its tags.
    ///
    /// @param failures how often it fails before it succeeds; it is retried
    record Work(int seconds, List<String> tags, int failures) implements Step {
      public Work {
        tags = List.copyOf(tags);
      }
    }

    /// Tasks that run at the same time.
    ///
    /// @param mapped whether they are one task for many inputs; else each is submitted
    record Beside(List<Work> works, boolean mapped) implements Step {
      public Beside {
        works = List.copyOf(works);
      }
    }

    /// A task that does not come to its end in time, until it has been tried so often.
    record Hang(int times) implements Step {}

    /// The body stands still, until the time of the flow is over.
    record Freeze() implements Step {}

    /// A task that always fails.
    record Fail() implements Step {}

    /// The body fails once; the flow is retried.
    record Stumble() implements Step {}

    /// A wait that holds no thread.
    record Wait(Duration until) implements Step {}

    /// A flow called by the flow.
    record Call(Plan plan) implements Step {}
  }

  static Plan draw(RandomGenerator random, int depth) {
    List<Step> steps = new ArrayList<>();
    int length = random.nextInt(1, depth == 0 ? 5 : 3);
    for (int i = 0; i < length; i++) {
      steps.add(step(random, depth));
    }
    return new Plan(steps);
  }

  private static Step step(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth == 0 ? 23 : 12)) {
      case 12, 13 -> new Step.Wait(Duration.ofSeconds(random.nextInt(1, 8)));
      case 14, 15 -> new Step.Call(draw(random, depth + 1));
      case 16 -> new Step.Fail();
      case 17 -> new Step.Stumble();
      case 18, 19, 20 -> beside(random);
      case 21 -> new Step.Hang(random.nextInt(1, 3));
      case 22 ->
          random.nextInt(3) == 0
              ? new Step.Call(new Plan(List.of(new Step.Freeze())))
              : new Step.Hang(1);
      default -> work(random, random.nextInt(2) == 0);
    };
  }

  private static Step beside(RandomGenerator random) {
    boolean tagged = random.nextInt(2) == 0;
    List<Step.Work> works = new ArrayList<>();
    for (int i = random.nextInt(2, 4); i > 0; i--) {
      works.add(work(random, tagged));
    }
    return new Step.Beside(works, random.nextBoolean());
  }

  private static Step.Work work(RandomGenerator random, boolean tagged) {
    return new Step.Work(
        random.nextInt(0, 7),
        tagged ? List.of(Scenario.TAG) : List.of(),
        random.nextInt(6) == 0 ? random.nextInt(1, 3) : 0);
  }

  /// Whether its body fails once.
  boolean stumbles() {
    return steps.stream().anyMatch(Step.Stumble.class::isInstance);
  }

  /// Whether it stands still, or what it calls does.
  boolean freezes() {
    return steps.stream()
        .anyMatch(step ->
            step instanceof Step.Freeze
                || step instanceof Step.Call(Plan inside) && inside.freezes());
  }

  /// Whether it fails whatever happens.
  boolean fails() {
    return steps.stream()
        .anyMatch(step ->
            switch (step) {
              case Step.Fail _, Step.Freeze _ -> true;
              case Step.Call(Plan inside) -> inside.fails();
              case Step.Work _, Step.Beside _, Step.Hang _, Step.Stumble _, Step.Wait _ -> false;
            });
  }
}
