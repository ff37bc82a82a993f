package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.state.StateType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What flow runs keep in every store.
abstract class FlowRunsContract extends StoreContract {

  @Test
  void aRunGoesFromScheduledToCompletedAndRemembersItsWay() {
    FlowRun made = create("pool");
    Claimed claimed = claim("a", LEASE).getFirst();
    runs.begin(claimed.lease(), "v1");
    FlowRuns.Outcome outcome = new FlowRuns.Outcome("", "42", null, null);
    runs.move(
        claimed.lease(), StateName.COMPLETED, outcome.logging(List.of(line(made, "the end"))));

    assertThat(store.logs().of(made.id(), 0, 10))
        .extracting(RunLogs.Line::text)
        .containsExactly("the end");
    FlowRun over = runs.find(made.id()).orElseThrow();
    assertThat(over.state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(over.result()).isEqualTo("42");
    assertThat(over.owner()).isNull();
    assertThat(over.times().ended()).isNotNull();
    assertThat(runs.history(made.id()))
        .extracting(State::name)
        .containsExactly(
            StateName.SCHEDULED, StateName.PENDING, StateName.RUNNING, StateName.COMPLETED);
  }

  @Test
  void aRunIsTakenByOneOnly() {
    create("pool");
    assertThat(claim("a", LEASE)).hasSize(1);
    assertThat(claim("b", LEASE)).isEmpty();
  }

  @Test
  void whatIsMadeTwiceIsThereOnce() {
    FlowRun made = create("pool");
    FlowRun again =
        runs.create(new NewFlowRun(made.id(), "other-name", made.origin(), made.call(), null));
    assertThat(again.name()).isEqualTo(made.name());
  }

  @Test
  void aProcessThatSleptPastItsLeaseWritesNothing() {
    FlowRun made = create("pool");
    Claimed sleeper = claim("sleeper", Duration.ZERO).getFirst();
    runs.begin(sleeper.lease(), "v1");
    assertThat(runs.expire(3)).containsExactly(made.id());
    Claimed taken = claim("other", LEASE).getFirst();
    assertThat(taken.begunBefore()).isTrue();

    FlowRuns.Outcome late =
        FlowRuns.Outcome.message("late").logging(List.of(line(made, "not the end")));
    assertThatThrownBy(() -> runs.move(sleeper.lease(), StateName.FAILED, late))
        .isInstanceOf(Fenced.class);
    assertThat(store.logs().of(made.id(), 0, 10)).isEmpty();
    assertThat(runs.renew(List.of(sleeper.lease()), LEASE)).noneMatch(Renewal::held);
    assertThat(runs.find(made.id()).orElseThrow().owner()).isEqualTo("other");
  }

  @Test
  void whatBeginsAndCompletesTogetherFailsForItselfAlone() throws Exception {
    for (int i = 0; i < 80; i++) {
      create("pool");
    }
    List<Claimed> claimed =
        runs.claim(new ClaimRequest("a", "pool", List.of(), List.of(), 80, LEASE));
    Lease lost = claimed.get(40).lease();
    runs.cancel(claimed.get(41).run().id());
    Lease stale = new Lease(lost.run(), "b", lost.fence());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<@Nullable Wanted>> begun =
          claimed.stream()
              .map(each -> each.lease().equals(lost) ? stale : each.lease())
              .map(lease -> threads.submit(() -> runs.begin(lease, "v1")))
              .toList();
      for (int i = 0; i < begun.size(); i++) {
        if (i == 40) {
          assertThatThrownBy(begun.get(i)::get).cause().isInstanceOf(Fenced.class);
        } else {
          assertThat(begun.get(i).get()).isEqualTo(i == 41 ? Wanted.CANCEL : null);
        }
      }
      claimed.forEach(each ->
          threads.submit(() ->
              runs.move(each.lease(), StateName.COMPLETED, FlowRuns.Outcome.message("well"))));
    }
    assertThat(claimed)
        .allSatisfy(each ->
            assertThat(runs.history(each.run().id()))
                .extracting(State::name)
                .startsWith(StateName.SCHEDULED, StateName.PENDING)
                .endsWith(StateName.COMPLETED));
    assertThat(runs.history(lost.run())).extracting(State::name).hasSize(3);
  }

  @Test
  void ofTwoLeasesOfARunTheNewerHolds() {
    create("pool");
    Lease old = claim("a", Duration.ZERO).getFirst().lease();
    runs.expire(3);
    Lease held = claim("a", LEASE).getFirst().lease();
    assertThat(runs.renew(List.of(old, held), LEASE))
        .extracting(Renewal::held)
        .containsExactly(false, true);
  }

  @Test
  void whoeverHoldsARunIsToldThatItIsCancelled() {
    FlowRun made = create("pool");
    Claimed claimed = claim("a", LEASE).getFirst();
    runs.begin(claimed.lease(), "v1");
    assertThat(runs.cancel(made.id()).orElseThrow().name()).isEqualTo(StateName.CANCELLING);
    assertThat(runs.renew(List.of(claimed.lease()), LEASE))
        .containsExactly(new Renewal(claimed.lease(), true, Wanted.CANCEL));
  }

  @Test
  void runsAreFoundByTagAndText() {
    FlowRun made = create("pool");
    RunFilter nightly =
        new RunFilter(
            List.of(), List.of(), List.of(), List.of("nightly"), "otter", null, null, null);
    assertThat(runs.list(nightly, Page.first(10)))
        .extracting(FlowRun::id)
        .containsExactly(made.id());
    RunFilter daily =
        new RunFilter(List.of(), List.of(), List.of(), List.of("daily"), null, null, null, null);
    assertThat(runs.list(daily, Page.first(10))).isEmpty();
  }

  @Test
  void runsAreFoundByWhenTheyWereMade() {
    List<FlowRun> made = Stream.generate(() -> create("pool")).limit(5).toList().reversed();
    Instant since = made.get(3).times().created();
    Instant until = made.get(0).times().created();
    RunFilter between =
        new RunFilter(List.of(), List.of(), List.of(), List.of(), null, null, since, until);
    assertThat(runs.list(between, Page.first(2)))
        .extracting(FlowRun::id)
        .containsExactly(ids(made, 1, 3));
    assertThat(runs.list(between, new Page(made.get(2).id(), 2)))
        .as("the next page")
        .extracting(FlowRun::id)
        .containsExactly(ids(made, 3, 4));
    assertThat(runs.states(between, 10))
        .isEqualTo(Map.of(StateName.SCHEDULED, new FlowRuns.Counted(3, false)));
    RunFilter otters =
        new RunFilter(
            List.of("ingest"), List.of(), List.of(), List.of(), "otter", null, null, since);
    assertThat(runs.search(otters, Page.first(10), 10).runs())
        .extracting(FlowRun::id)
        .containsExactly(ids(made, 4, 5));
    assertThat(runs.states(otters, 10))
        .isEqualTo(Map.of(StateName.SCHEDULED, new FlowRuns.Counted(1, false)));
  }

  @Test
  void aSearchForATextLooksThroughSoManyRunsAndSaysHowToGoOn() {
    List<FlowRun> made = Stream.generate(() -> create("pool")).limit(7).toList().reversed();
    RunFilter otters =
        new RunFilter(List.of(), List.of(), List.of(), List.of(), "OTTER", null, null, null);
    RunFilter walruses =
        new RunFilter(List.of(), List.of(), List.of(), List.of(), "walrus", null, null, null);
    FoundRuns full = runs.search(otters, Page.first(2), 3);
    assertThat(full.runs()).extracting(FlowRun::id).containsExactly(ids(made, 0, 2));
    assertThat(full.next()).isEqualTo(made.get(1).id());
    assertThat(full.back()).isNull();

    FoundRuns cut = runs.search(otters, new Page(full.next(), 10), 3);
    assertThat(cut.runs()).extracting(FlowRun::id).containsExactly(ids(made, 2, 5));
    assertThat(cut.next()).isEqualTo(made.get(4).id());
    assertThat(cut.back()).isEqualTo(made.get(4).times().created());

    FoundRuns nowhere = runs.search(walruses, Page.first(10), 3);
    assertThat(nowhere.runs()).isEmpty();
    assertThat(nowhere.next()).isEqualTo(made.get(2).id());

    FoundRuns rest = runs.search(walruses, new Page(made.get(4).id(), 10), 3);
    assertThat(rest).isEqualTo(new FoundRuns(List.of(), null, null));
  }

  private static String[] ids(List<FlowRun> runs, int from, int to) {
    return runs.subList(from, to).stream().map(FlowRun::id).toArray(String[]::new);
  }

  @Test
  void oneIdempotencyKeyMakesOneRunAlsoOfManyAtOnce() throws Exception {
    FlowRun.Call call =
        new FlowRun.Call("{}", List.of("a", "a"), null, null, null, null, null, "k");
    List<Future<FlowRun>> made = new ArrayList<>();
    try (Store other = another();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        FlowRuns either = i % 2 == 0 ? runs : other.flowRuns();
        FlowRun.Origin origin = FlowRun.Origin.here("ingest", null, null);
        made.add(
            threads.submit(() -> either.create(new NewFlowRun(id(), "otter", origin, call, null))));
      }
    }
    Set<String> ids = new HashSet<>();
    for (Future<FlowRun> each : made) {
      ids.add(each.get().id());
    }
    assertThat(ids).hasSize(1);
    assertThat(runs.list(RunFilter.ALL, Page.first(10))).hasSize(1);
  }

  @Test
  void aRunIsTakenByOneOfManyProcessesOnly() throws Exception {
    for (int i = 0; i < 200; i++) {
      create("pool");
    }
    Queue<String> taken = new ConcurrentLinkedQueue<>();
    List<Store> processes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        Store process = another();
        processes.add(process);
        String owner = "owner-" + i;
        threads.submit(() -> {
          ClaimRequest request = new ClaimRequest(owner, "pool", List.of(), List.of(), 7, LEASE);
          List<Claimed> some = process.flowRuns().claim(request);
          while (!some.isEmpty()) {
            some.forEach(each -> taken.add(each.run().id()));
            some = process.flowRuns().claim(request);
          }
        });
      }
    }
    processes.forEach(Store::close);
    assertThat(taken).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void aRunTakenByItsIdIsTakenByOneOnly() throws Exception {
    FlowRun made = createHere();
    Queue<Lease> leases = new ConcurrentLinkedQueue<>();
    try (Store other = another();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        FlowRuns either = i % 2 == 0 ? runs : other.flowRuns();
        String owner = "owner-" + i;
        threads.submit(
            () -> either.take(made.id(), owner, LEASE).ifPresent(each -> leases.add(each.lease())));
      }
    }
    assertThat(leases).hasSize(1);
    assertThat(runs.begin(leases.element(), "v1")).isNull();
  }

  @Test
  void aWriteInTheSameGroupAsTheLossOfItsLeaseIsFenced() {
    Claimed claimed = begun("a");
    List<CompletableFuture<?>> writes = new ArrayList<>();
    TaskRuns tasks = store.taskRuns();
    for (int i = 0; i < 50; i++) {
      writes.add(tasks.moveSoon(claimed.lease(), TaskRunsContract.move(claimed, i)));
    }
    runs.force(claimed.run().id(), StateName.FAILED, "by hand");
    CompletableFuture<Void> late =
        tasks.moveSoon(claimed.lease(), TaskRunsContract.move(claimed, 50));
    assertThat(late)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .withCauseInstanceOf(Fenced.class);
    assertThat(writes).allMatch(write -> !write.isCompletedExceptionally());
  }

  @Test
  void aCancelBeforeTheFirstBreathIsNotForgotten() {
    FlowRun made = create("pool");
    Claimed claimed = claim("a", LEASE).getFirst();
    runs.cancel(made.id());
    assertThat(runs.begin(claimed.lease(), "v1")).isEqualTo(Wanted.CANCEL);
    assertThat(state(made)).isEqualTo(StateName.CANCELLING);
    FlowRuns.Outcome again = new FlowRuns.Outcome("failed", null, null, Duration.ZERO);
    assertThat(runs.move(claimed.lease(), StateName.AWAITING_RETRY, again).name())
        .isEqualTo(StateName.CANCELLED);
    assertThat(claim("b", LEASE)).isEmpty();
  }

  @Test
  void aPauseIsNotForgottenByARunThatIsTriedAgain() {
    Claimed claimed = begun("a");
    runs.pause(claimed.run().id());
    FlowRuns.Outcome again = new FlowRuns.Outcome("failed", null, null, Duration.ZERO);
    assertThat(runs.move(claimed.lease(), StateName.AWAITING_RETRY, again).name())
        .isEqualTo(StateName.PAUSED);
    assertThat(claim("b", LEASE)).isEmpty();
    runs.resume(claimed.run().id());
    Claimed resumed = claim("b", LEASE).getFirst();
    assertThat(resumed.run().attempt()).isEqualTo(2);
    assertThat(resumed.begunBefore()).isTrue();
  }

  @Test
  void howLongARunWaitsIsCountedByTheClockOfTheStore() {
    Claimed claimed = begun("a");
    FlowRuns.Outcome later = new FlowRuns.Outcome("waiting", null, null, Duration.ofHours(1));
    runs.move(claimed.lease(), StateName.SUSPENDED, later);
    assertThat(runs.untilDue(claimed.run().id()).orElseThrow())
        .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    assertThat(claim("b", LEASE)).isEmpty();
  }

  @Test
  void aSuspendedRunIsPausedAndCountsNoTryWhenItGoesOn() {
    Claimed claimed = begun("a");
    FlowRuns.Outcome soon = new FlowRuns.Outcome("waiting", null, null, Duration.ZERO);
    runs.move(claimed.lease(), StateName.SUSPENDED, soon);
    runs.pause(claimed.run().id());
    assertThat(claim("b", LEASE)).isEmpty();
    runs.resume(claimed.run().id());
    Claimed resumed = claim("b", LEASE).getFirst();
    runs.begin(resumed.lease(), "v1");
    assertThat(runs.find(claimed.run().id()).orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void whatItsCallerLostASubflowIsNotTakenFor() {
    Claimed zombie = begun("zombie");
    FlowRun subflow = createSubflow(zombie.run(), zombie.run());
    assertThat(runs.takeSubflow(zombie.lease(), subflow.id(), LEASE)).isPresent();
    runs.force(zombie.run().id(), StateName.CRASHED, "gone");
    runs.retry(zombie.run().id(), false);
    Claimed heir = claim("heir", LEASE).getFirst();
    assertThatThrownBy(() -> runs.takeSubflow(zombie.lease(), subflow.id(), LEASE))
        .isInstanceOf(Fenced.class);
    assertThat(heir.begunBefore()).isTrue();
  }

  /// The store makes nothing for a process that has lost its run, and what it made before stays.
  @Test
  void whoeverHasLostItsRunMakesNoSubflow() {
    Claimed zombie = claimAndBegin("zombie", Duration.ZERO);
    FlowRun made = runs.createSubflow(zombie.lease(), subflow(zombie.run()));
    runs.expire(3);
    Claimed heir = claim("heir", LEASE).getFirst();
    NewFlowRun late = subflow(zombie.run());
    assertThatThrownBy(() -> runs.createSubflow(zombie.lease(), late)).isInstanceOf(Fenced.class);
    assertThat(runs.find(late.id())).isEmpty();
    assertThat(runs.createSubflow(heir.lease(), subflow(heir.run())).id()).isNotEqualTo(made.id());
    assertThat(runs.find(made.id())).isPresent();
  }

  private Claimed claimAndBegin(String owner, Duration lease) {
    create("pool");
    Claimed claimed = claim(owner, lease).getFirst();
    runs.begin(claimed.lease(), "v1");
    return claimed;
  }

  private static NewFlowRun subflow(FlowRun parent) {
    FlowRun.Call call =
        new FlowRun.Call("{}", List.of(), parent.id(), parent.id(), "000000", null, null, null);
    return new NewFlowRun(
        Ids.next(InstantSource.system()),
        "calm-otter",
        FlowRun.Origin.here("part", null, null),
        call,
        null);
  }

  @Test
  void whatEndsARunEndsWhatItHasCalled() {
    Claimed outer = begun("a");
    FlowRun subflow = createSubflow(outer.run(), outer.run());
    Claimed inner = runs.takeSubflow(outer.lease(), subflow.id(), LEASE).orElseThrow();
    FlowRun innermost = createSubflow(subflow, outer.run());
    store.taskRuns().move(inner.lease(), TaskRunsContract.move(inner, 0));
    runs.force(outer.run().id(), StateName.FAILED, "by hand");
    assertThat(state(outer.run())).isEqualTo(StateName.FAILED);
    assertThat(state(subflow)).isEqualTo(StateName.CANCELLED);
    assertThat(state(innermost)).isEqualTo(StateName.CANCELLED);
    assertThat(store.taskRuns().of(subflow.id(), 0, "", 10))
        .allMatch(task -> task.state().name() == StateName.CANCELLED);
  }

  @Test
  void aSubflowThatWaitsForItsNextTryEndsWithTheRunThatCalledIt() {
    Claimed outer = begun("a");
    FlowRun subflow = createSubflow(outer.run(), outer.run());
    Claimed inner = runs.takeSubflow(outer.lease(), subflow.id(), LEASE).orElseThrow();
    store.taskRuns().move(inner.lease(), TaskRunsContract.move(inner, 0));
    runs.move(
        inner.lease(),
        StateName.AWAITING_RETRY,
        new FlowRuns.Outcome("no", null, null, Duration.ofMinutes(1)));
    runs.move(outer.lease(), StateName.CANCELLED, FlowRuns.Outcome.message(""));
    assertThat(state(subflow)).isEqualTo(StateName.CANCELLED);
    assertThat(store.taskRuns().of(subflow.id(), 0, "", 10))
        .allMatch(task -> task.state().name() == StateName.CANCELLED);
  }

  @Test
  void aRunThatIsLostTooOftenHasCrashed() {
    FlowRun made = create("pool");
    for (int i = 0; i < 3; i++) {
      Claimed claimed = claim("a", Duration.ofSeconds(-1)).getFirst();
      runs.begin(claimed.lease(), "v1");
      assertThat(runs.expire(2)).containsExactly(made.id());
    }
    FlowRun over = runs.find(made.id()).orElseThrow();
    assertThat(over.state().name()).isEqualTo(StateName.CRASHED);
    assertThat(over.times().ended()).isNotNull();
    assertThat(over.state().message())
        .isEqualTo("a is gone; it was lost 3 times in a row without progress");
  }

  @Test
  void aFailedSubflowIsDoneAgainWhenItsCallerIsRetried() {
    Claimed outer = begun("a");
    FlowRun subflow = createSubflow(outer.run(), outer.run());
    Claimed inner = runs.takeSubflow(outer.lease(), subflow.id(), LEASE).orElseThrow();
    runs.begin(inner.lease(), "v1");
    runs.move(inner.lease(), StateName.FAILED, FlowRuns.Outcome.message("no"));
    store
        .taskRuns()
        .move(
            outer.lease(),
            TaskRunsContract.move(outer, 0, StateName.FAILED, List.of(), subflow.id()));
    runs.move(outer.lease(), StateName.FAILED, FlowRuns.Outcome.message("no"));
    runs.retry(outer.run().id(), false);
    assertThat(state(subflow)).isEqualTo(StateName.AWAITING_RETRY);
    Claimed again = claim("b", LEASE).getFirst();
    assertThat(runs.takeSubflow(again.lease(), subflow.id(), LEASE)).isPresent();
  }

  @Test
  void whatIsHeldIsNotDeleted() {
    Claimed outer = begun("a");
    FlowRun subflow = createSubflow(outer.run(), outer.run());
    assertThat(runs.delete(outer.run().id())).isFalse();
    assertThat(runs.delete(subflow.id())).isFalse();
    runs.move(outer.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
    assertThat(runs.delete(outer.run().id())).isTrue();
    assertThat(runs.find(subflow.id())).isEmpty();
    assertThat(runs.delete(outer.run().id())).isFalse();
  }

  @Test
  void runsOfLowerPriorityNumbersGoFirstThenTheOldest() {
    FlowRun.Origin late = new FlowRun.Origin("ingest", null, "pool", "low", 5, null, null);
    FlowRun.Origin first = new FlowRun.Origin("ingest", null, "pool", "high", 1, null, null);
    List<String> low = List.of(create(late).id(), create(late).id());
    String high = create(first).id();
    assertThat(claim("a", LEASE))
        .extracting(each -> each.run().id())
        .containsExactly(high, low.get(0), low.get(1));
  }

  @Test
  void runsAreCountedByStateAndByWhenTheyEnded() {
    Claimed done = begun("a");
    runs.move(done.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
    Claimed failed = begun("a");
    runs.move(failed.lease(), StateName.FAILED, FlowRuns.Outcome.message("no"));
    createHere();
    FlowRuns.Counted one = new FlowRuns.Counted(1, false);
    assertThat(runs.states(RunFilter.ALL, 10))
        .isEqualTo(
            Map.of(StateName.COMPLETED, one, StateName.FAILED, one, StateName.SCHEDULED, one));
    Instant ended = runs.find(done.run().id()).orElseThrow().times().ended();
    Instant since = ended.minus(Duration.ofHours(3));
    assertThat(runs.ended(since, Duration.ofHours(2)))
        .containsExactlyInAnyOrder(
            new FlowRuns.Ended(StateType.COMPLETED, 1, 1),
            new FlowRuns.Ended(StateType.FAILED, 1, 1));
    assertThat(runs.ended(ended.plus(Duration.ofHours(1)), Duration.ofHours(2))).isEmpty();
  }

  @Test
  void runsAreCountedNoFurtherThanIsWanted() {
    for (int i = 0; i < 3; i++) {
      createHere();
    }
    Claimed failed = begun("a");
    runs.move(failed.lease(), StateName.FAILED, FlowRuns.Outcome.message("no"));
    FlowRuns.Counted one = new FlowRuns.Counted(1, false);
    FlowRuns.Counted two = new FlowRuns.Counted(2, true);
    assertThat(runs.states(RunFilter.ALL, 2))
        .isEqualTo(Map.of(StateName.SCHEDULED, two, StateName.FAILED, one));
    assertThat(runs.states(counted(List.of(), List.of(StateName.FAILED), null), 2))
        .isEqualTo(Map.of(StateName.FAILED, one));
    assertThat(runs.states(counted(List.of("ingest"), List.of(), null), 2))
        .as("among the newest two")
        .isEqualTo(
            Map.of(
                StateName.SCHEDULED, new FlowRuns.Counted(1, true),
                StateName.FAILED, new FlowRuns.Counted(1, true)));
    assertThat(runs.states(counted(List.of("ingest"), List.of(), "otter"), 10))
        .isEqualTo(
            Map.of(StateName.SCHEDULED, new FlowRuns.Counted(3, false), StateName.FAILED, one));
    assertThat(runs.states(counted(List.of("other"), List.of(), null), 2)).isEmpty();
  }

  private static RunFilter counted(
      List<String> flows, List<StateName> states, @Nullable String text) {
    return new RunFilter(flows, List.of(), states, List.of(), text, null, null, null);
  }

  private static RunLogs.Line line(FlowRun run, String text) {
    return new RunLogs.Line(0, run.id(), null, Instant.now(), "INFO", "test", text);
  }

  private StateName state(FlowRun run) {
    return runs.find(run.id()).orElseThrow().state().name();
  }
}
