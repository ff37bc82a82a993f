package dev.penstock.testkit.reference;

import dev.penstock.pipeline.Pipeline;
import dev.penstock.pipeline.RunnablePipeline;
import dev.penstock.pipeline.connector.Fenced;
import dev.penstock.pipeline.connector.Sink;
import dev.penstock.pipeline.plan.Batching;
import dev.penstock.pipeline.plan.CallOptions;
import dev.penstock.pipeline.plan.Commit;
import dev.penstock.pipeline.plan.Keyed;
import dev.penstock.pipeline.run.ErrorBudgetExceeded;
import dev.penstock.pipeline.run.PlanRefused;
import dev.penstock.testkit.Faults;
import dev.penstock.testkit.Faults.Crash;
import dev.penstock.testkit.Faults.Point;
import dev.penstock.testkit.Faults.Zombie;
import dev.penstock.testkit.MemoryFiles;
import dev.penstock.testkit.MemorySource;
import dev.penstock.testkit.MemoryTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// One random pipeline that is killed at random points and run again until it is through, while
/// killed processes wake as zombies: its target must hold what an uninterrupted run would have
/// left, each effect once.
final class ResumedRuns {
  private static final int MOST_CRASHES = 5;

  /// What is no matter of order here.
  private static final Set<Plan.Kind> IN_ANY_ORDER =
      EnumSet.of(Plan.Kind.BATCH, Plan.Kind.BATCH_BY, Plan.Kind.FLAT_MAP_IN_TURN);

  /// What passes points on other threads while a budget is exceeded.
  private static final Set<Plan.Kind> READS_ON =
      EnumSet.of(Plan.Kind.MERGE, Plan.Kind.FLAT_MAP_IN_TURN);

  /// How often each point has killed a process, and how many plans were refused.
  static final Map<Point, Integer> CRASHES = new EnumMap<>(Point.class);

  static int refused;

  private final Random random;
  private final List<List<Object>> splits = new ArrayList<>();
  private final List<Plan.Draw> draws = new ArrayList<>();
  private final boolean staged;
  private final Commit commit;
  private final MemoryTable<Object> table = new MemoryTable<>("t");
  private final MemoryFiles<Object> files = new MemoryFiles<>("f");
  private final List<Zombie> zombies = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final StringBuilder history = new StringBuilder();
  private volatile Faults process = Faults.none();
  private int wakeAt;
  private int ticks;
  private boolean inOrder = true;

  /// Whether a `zip` is possible: no step with a state yet, and one source.
  private boolean mayZip;

  private ResumedRuns(long seed, Plan.Kind... always) {
    random = new Random(seed);
    int count = random.nextInt(4) > 0 ? 1 : 2 + random.nextInt(2);
    for (int s = 0; s < count; s++) {
      List<Object> records = new ArrayList<>();
      int size = random.nextInt(50);
      for (int i = 0; i < size; i++) {
        records.add(
            random.nextInt(15) == 0
                ? new MemorySource.Bad(new Functions.Odd("bad " + i))
                : (Object) (s * 1000 + i));
      }
      splits.add(records);
    }
    Plan.Kind[] kinds = Plan.Kind.values();
    int length = random.nextInt(5);
    for (int i = 0; i < length; i++) {
      draws.add(new Plan.Draw(kinds[random.nextInt(kinds.length)], random.nextLong()));
    }
    if (random.nextInt(8) == 0) { // chance alone seldom puts a memory below two inputs
      draws.addFirst(new Plan.Draw(Plan.Kind.CONCAT, random.nextLong()));
      draws.addLast(new Plan.Draw(Plan.Kind.SCAN, random.nextLong()));
    }
    for (Plan.Kind kind : always) {
      draws.addFirst(new Plan.Draw(kind, random.nextLong()));
    }
    staged = random.nextInt(3) == 0;
    commit =
        new Commit(
            1 + random.nextInt(8),
            random.nextInt(5) == 0 ? Duration.ofNanos(50_000) : Duration.ofMinutes(1));
  }

  /// What is wrong with a case; empty when nothing is.
  ///
  /// @param always kinds of steps that its pipeline has besides what is drawn
  static String problem(long seed, Plan.Kind... always) {
    ResumedRuns runs = new ResumedRuns(seed, always);
    try {
      runs.play();
    } catch (RuntimeException | Error e) {
      java.io.StringWriter trace = new java.io.StringWriter();
      e.printStackTrace(new java.io.PrintWriter(trace));
      runs.problems.add(trace.toString());
    }
    return runs.problems.isEmpty()
        ? ""
        : "-Dpenstock.seed=%d\n%s\nover %s, %s\n%s\n%s"
            .formatted(
                seed,
                runs.pipeline(Faults.none()).explain(),
                runs.splits,
                runs.commit,
                runs.history,
                String.join("\n", runs.problems));
  }

  private void play() {
    Pipeline<Object> plan = pipeline(Faults.none());
    Reference reference = Reference.of(plan.plan());
    List<Emission> emissions = new ArrayList<>();
    boolean overBudget = false;
    try {
      reference.emissionsInto(emissions);
    } catch (ErrorBudgetExceeded exceeded) {
      overBudget = true;
    }
    List<Object> expected = new ArrayList<>();
    for (Emission emission : emissions) {
      if (emission instanceof Emission.Value(Object record)) {
        expected.add(record);
      }
    }
    Map<Point, Integer> passes = dryRun();
    int crashes = random.nextInt(MOST_CRASHES + 1);
    for (int i = 0; i < crashes; i++) {
      if (run(crash(passes)) instanceof PlanRefused) {
        refused++;
        return;
      }
    }
    Throwable last = run(Faults.none());
    if (last instanceof PlanRefused) {
      refused++;
      return;
    }
    compare(expected, overBudget, !reference.failedAtEnd().isEmpty(), last);
    List<Object> before = content();
    boolean complete = !overBudget; // else the next run may come further
    run(Faults.none());
    if (complete && !before.equals(content())) {
      problems.add("run again after the end, the target changed to " + content());
    }
  }

  private Map<Point, Integer> dryRun() {
    Faults counting = Faults.none();
    process = counting;
    Sink<Object> sink =
        staged
            ? new MemoryFiles<Object>("dry").in(counting)
            : new MemoryTable<Object>("dry").in(counting);
    try {
      resumable(pipeline(counting).to(sink)).run();
    } catch (Exception refusedOrFailed) {
      // only how often each point is passed is of interest here
    }
    Map<Point, Integer> passes = new EnumMap<>(Point.class);
    for (Point point : Point.values()) {
      if (counting.passed(point) > 0) {
        passes.put(point, counting.passed(point));
      }
    }
    return passes;
  }

  private Faults crash(Map<Point, Integer> passes) {
    if (passes.isEmpty()) {
      return Faults.none();
    }
    List<Point> points = new ArrayList<>(passes.keySet());
    Point point = points.get(random.nextInt(points.size()));
    return Faults.crashAt(point, 1 + random.nextInt(passes.get(point)));
  }

  private RunnablePipeline resumable(RunnablePipeline pipeline) {
    return pipeline.resumable("case", commit);
  }

  /// Runs once as a new process; what it threw, or null.
  private Throwable run(Faults faults) {
    process = faults;
    wakeAt = random.nextInt(30);
    ticks = 0;
    Sink<Object> sink = staged ? files.in(faults) : table.in(faults);
    Throwable thrown = null;
    try {
      resumable(pipeline(faults).to(sink)).run();
    } catch (Exception | Crash e) {
      thrown = e;
    }
    history
        .append(faults)
        .append(": ")
        .append(thrown)
        .append(" -> ")
        .append(content())
        .append('\n');
    if (faults.dead()) {
      // null: a thread that read ahead crashed when the run had all it wanted
      if (thrown != null && !(thrown instanceof Crash)) {
        problems.add("a crash came out as " + thrown);
      }
      synchronized (CRASHES) {
        CRASHES.merge(faults.deadly(), 1, Integer::sum);
      }
    }
    if (faults.passed(Point.AFTER_CLAIM) > 0) {
      wakeZombies();
    }
    if (faults.dead()) {
      zombies.addAll(faults.zombies());
    }
    return thrown;
  }

  private synchronized void tick() {
    if (ticks++ == wakeAt) {
      wakeZombies();
    }
  }

  /// Another process has claimed: whatever a killed one had in hand is refused. That it changed
  /// nothing shows in what the target holds at the end.
  private synchronized void wakeZombies() {
    for (Zombie zombie : zombies) {
      try {
        zombie.wake();
        problems.add("a zombie was let in");
      } catch (Fenced fenced) {
        // as it must be
      } catch (Exception e) {
        problems.add("a zombie ended with " + e);
      }
    }
    zombies.clear();
  }

  private List<Object> content() {
    return staged ? files.content() : table.content();
  }

  private void compare(
      List<Object> expected, boolean overBudget, boolean failsAtEnd, Throwable last) {
    List<Object> actual = content();
    if (overBudget) {
      if (!(last instanceof ErrorBudgetExceeded)) {
        problems.add("the budget is exceeded, but the last run ended with " + last);
      }
      List<Object> rest = new ArrayList<>(actual);
      expected.forEach(rest::remove);
      if (!rest.isEmpty()) {
        problems.add("more than an uninterrupted run: " + rest);
      }
    } else {
      if ((last != null) != failsAtEnd) {
        problems.add("the last run ended with " + last + ", fails at end: " + failsAtEnd);
      }
      boolean ordered = inOrder && !staged && splits.size() == 1;
      if (!(ordered ? actual.equals(expected) : sorted(actual).equals(sorted(expected)))) {
        problems.add("holds " + actual + "\n wanted " + expected);
      }
    }
    problems.addAll(table.violations());
    problems.addAll(files.violations());
  }

  private static List<String> sorted(List<Object> records) {
    return records.stream().map(String::valueOf).sorted().toList();
  }

  private Pipeline<Object> pipeline(Faults faults) {
    inOrder = true;
    mayZip = true;
    Pipeline<Object> source =
        Pipeline.from(MemorySource.ofSplits(splits).chunked(splits.hashCode()).in(faults));
    Plan.Built built = new Plan.Built(source.tap(r -> tick()));
    for (Plan.Draw draw : draws) {
      if (isPossible(built, draw.kind())) {
        add(built, draw, faults);
      }
    }
    return built.pipeline.map(r -> r == null ? "null" : r).catching(Exception.class).skip();
  }

  private boolean isPossible(Plan.Built built, Plan.Kind kind) {
    boolean orderIsLost = built.unordered || !inOrder || splits.size() > 1;
    if (orderIsLost && needsOrder(kind)) {
      return false;
    }
    return switch (kind) {
      case BUDGET ->
          !built.readsAhead
              && !orderIsLost
              && draws.stream().noneMatch(d -> READS_ON.contains(d.kind()))
              && !(draws.stream().anyMatch(Plan::mayReadAhead)
                  && draws.stream().anyMatch(d -> Plan.LIMITS.contains(d.kind())));
      case CATCH_FAIL_AT_END ->
          !built.failsAtEnd
              && !built.readsAhead
              && draws.stream().noneMatch(d -> Plan.LIMITS.contains(d.kind()));
      case ZIP -> mayZip && !staged;
      case MERGE -> !staged;
      default -> true;
    };
  }

  private static boolean needsOrder(Plan.Kind kind) {
    return Plan.NEEDS_ORDER.contains(kind) && !IN_ANY_ORDER.contains(kind);
  }

  private void add(Plan.Built built, Plan.Draw draw, Faults faults) {
    Random own = new Random(draw.seed());
    Pipeline<Object> p = built.pipeline;
    switch (draw.kind()) {
      case BATCH ->
          built.pipeline =
              p.batch(timed(Batching.upTo(1 + own.nextInt(5)), own))
                  .tap(b -> process.pass(Point.BATCH_FULL))
                  .flatMap(ResumedRuns::apart);
      case BATCH_BY -> {
        Batching batching = Batching.upTo(1 + own.nextInt(5)).keys(1 + own.nextInt(3));
        built.pipeline =
            p.batchBy(r -> Functions.mix(r, 3) % 3, timed(batching, own))
                .tap(b -> process.pass(Point.BATCH_FULL))
                .map(Keyed::records)
                .flatMap(ResumedRuns::apart);
        inOrder = false;
      }
      case FLAT_MAP -> {
        int salt = own.nextInt(1000);
        built.pipeline = p.flatMap(r -> Functions.siblings(r, salt, () -> process));
      }
      case FLAT_MAP_IN_TURN -> {
        int salt = own.nextInt(1000);
        CallOptions options = CallOptions.NONE.concurrency(2 + own.nextInt(3));
        built.pipeline =
            p.flatMap(
                r -> Functions.siblings(r, salt, () -> process),
                own.nextBoolean() ? options : options.unordered());
        built.readsAhead = true;
        built.unordered = true;
      }
      case ZIP -> {
        SecondInput right = new SecondInput(own, true);
        built.pipeline = p.zip(right.in(faults, () -> process, true), (a, b) -> a + "&" + b);
        built.readsAhead = true;
      }
      case CONCAT -> {
        SecondInput second = new SecondInput(own, false);
        built.pipeline = p.concat(second.in(faults, () -> process, false));
        inOrder &= second.isInOrder();
        mayZip = false;
      }
      case MERGE -> {
        SecondInput second = new SecondInput(own, false);
        built.pipeline = p.merge(second.in(faults, () -> process, false));
        built.readsAhead = true;
        built.unordered = true;
      }
      case MAP, TAP -> {
        built.pipeline =
            p.tap(
                    r -> {
                      process.pass(Point.SLOT_CLAIMED);
                      Thread.yield();
                      process.pass(Point.SLOT_DONE);
                    },
                    Plan.options(draw))
                .tap(r -> process.pass(Point.SLOT_EMITTED));
        built.readsAhead |= Plan.options(draw).concurrent();
        built.unordered |= !Plan.options(draw).ordered();
      }
      default -> Plan.add(built, draw);
    }
    inOrder &= !built.unordered;
    mayZip &=
        !(Plan.NEEDS_ORDER.contains(draw.kind()) && !IN_ANY_ORDER.contains(draw.kind()))
            || draw.kind() == Plan.Kind.ZIP;
  }

  /// Some batches end in time: one that is over at once, or never.
  private static Batching timed(Batching batching, Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> batching;
      case 1 -> batching.within(Duration.ofNanos(20_000));
      default -> batching.within(Duration.ofHours(1));
    };
  }

  private static Iterable<Object> apart(List<?> batch) {
    return new ArrayList<>(batch);
  }
}
