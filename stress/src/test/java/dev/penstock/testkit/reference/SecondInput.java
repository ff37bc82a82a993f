package dev.penstock.testkit.reference;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.testkit.Faults;
import dev.penstock.testkit.Faults.Point;
import dev.penstock.testkit.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// The other input of a `concat`, `merge` or `zip` in a resumed run: a source of its own, whose
/// splits have the same names as those of the first, and a few steps.
final class SecondInput {
  private final Random random;
  private final List<List<Object>> splits = new ArrayList<>();

  /// Whether its records come in an order that a second run repeats.
  private boolean inOrder;

  /// @param ordered whether it must have one split, read in order, and no step with a state
  SecondInput(Random random, boolean ordered) {
    this.random = random;
    int count = ordered || random.nextInt(4) > 0 ? 1 : 2;
    for (int s = 0; s < count; s++) {
      splits.add(records(10_000 * (s + 1) + 1_000 * random.nextInt(10)));
    }
    inOrder = count == 1;
  }

  private List<Object> records(int first) {
    List<Object> records = new ArrayList<>();
    int size = random.nextInt(30);
    for (int i = 0; i < size; i++) {
      records.add(
          random.nextInt(15) == 0
              ? new MemorySource.Bad(new Functions.Odd("bad " + first + i))
              : (Object) (first + i));
    }
    return records;
  }

  /// @param process the one that is running when a point is passed
  Pipeline<Object> in(Faults faults, Supplier<Faults> process, boolean ordered) {
    Pipeline<Object> source =
        Pipeline.from(MemorySource.ofSplits(splits).chunked(splits.hashCode()).in(faults));
    int salt = random.nextInt(1000);
    int count = 1 + random.nextInt(4);
    CallOptions concurrent = CallOptions.NONE.concurrency(count);
    return switch (random.nextInt(ordered ? 5 : 7)) {
      case 0 -> source;
      case 1 -> source.tap(r -> process.get().pass(Point.SLOT_CLAIMED), concurrent);
      case 2 -> source.batch(count).flatMap(ArrayList::new);
      case 3 -> source.flatMap(r -> Functions.siblings(r, salt, process));
      case 4 ->
          source
              .flatMap(r -> Functions.siblings(r, salt, process))
              .tap(r -> process.get().pass(Point.SLOT_DONE), concurrent)
              .filter(r -> !Functions.chance(r, salt, 4));
      case 5 -> {
        inOrder = false;
        yield source.tap(r -> Thread.yield(), concurrent.unordered());
      }
      default ->
          inOrder
              ? source.take(count * 5L).zipWithIndex().map(i -> (Object) i)
              : source.buffer(count);
    };
  }

  boolean isInOrder() {
    return inOrder;
  }
}
