package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What limits keep in every store.
abstract class LimitsContract extends StoreContract {
  private static final LimitKey DB = LimitKey.tag("db");
  private static final LimitKey CRM = LimitKey.tag("crm");

  private Optional<String> ask(Claimed run, String task, LimitKey... keys) {
    return store.limits().acquire(run.lease(), task, "task run '" + task + "'", demands(keys));
  }

  private static List<SlotDemand> demands(LimitKey... keys) {
    return Arrays.stream(keys).map(SlotDemand::of).toList();
  }

  private Optional<String> ask(Claimed run, String task, int slots, LimitKey key) {
    return store
        .limits()
        .acquire(run.lease(), task, "task run '" + task + "'", List.of(new SlotDemand(key, slots)));
  }

  private FlowRun.Origin of(String deployment) {
    return new FlowRun.Origin("ingest", deployment, "pool", "default", 0, null, null);
  }

  private State state(FlowRun run) {
    return runs.find(run.id()).orElseThrow().state();
  }

  @Test
  void limitsAreMadeChangedListedAndDeleted() {
    Limits limits = store.limits();
    assertThat(limits.create(Limit.of(DB, 2))).isTrue();
    assertThat(limits.create(Limit.of(DB, 9))).isFalse();
    assertThat(limits.update(Limit.of(CRM, 1))).isFalse();
    assertThat(limits.update(Limit.of(DB, 4))).isTrue();
    assertThat(limits.replace(Limit.of(DB, 2), Limit.of(DB, 9))).isFalse();
    assertThat(limits.replace(Limit.of(DB, 4), Limit.of(DB, 3))).isTrue();
    limits.set(Limit.of(LimitKey.global("all"), 1));
    assertThat(limits.list())
        .extracting(LimitUse::limit)
        .containsExactly(Limit.of(LimitKey.global("all"), 1), Limit.of(DB, 3));
    assertThat(limits.delete(DB)).isTrue();
    assertThat(limits.delete(DB)).isFalse();
    assertThat(limits.find(DB)).isEmpty();
  }

  @Test
  void whoeverFindsNoSlotIsToldWhoHasThem() {
    Claimed run = begun("a");
    store.limits().create(Limit.of(DB, 4));
    store.limits().create(Limit.of(CRM, 1));
    for (int i = 0; i < 4; i++) {
      assertThat(ask(run, "load-" + i, DB)).isEmpty();
    }
    assertThat(ask(run, "post-0", CRM)).isEmpty();
    assertThat(ask(run, "load-4", DB, CRM, LimitKey.tag("free")))
        .contains(
            "waiting: tag crm 1/1, held by task run 'post-0'; tag db 4/4, held by"
                + " task run 'load-0', task run 'load-1', task run 'load-2' and 1 more");
    LimitUse use = store.limits().find(DB).orElseThrow();
    assertThat(use.waiting()).isEqualTo(1);
    assertThat(use.taken().getFirst().leaseUntil()).isAfter(run.run().state().at());
    assertThat(ask(run, "load-5", 2, DB)).isPresent();
    assertThat(store.limits().line(DB, 10))
        .extracting(LimitUse.Waiter::taskRun, LimitUse.Waiter::flowRun, LimitUse.Waiter::slots)
        .containsExactly(tuple("load-4", run.run().id(), 1), tuple("load-5", run.run().id(), 2));
    assertThat(store.limits().line(DB, 1)).hasSize(1);
  }

  @Test
  void slotsAreFreedByHand() {
    Claimed run = begun("a");
    Limit slow =
        new Limit(DB, "tag db", 2, Duration.ofHours(1), Limit.Collision.ENQUEUE, Duration.ZERO);
    store.limits().create(slow);
    ask(run, "first", DB);
    ask(run, "second", DB);
    assertThat(store.limits().free(DB, "third")).isZero();
    assertThat(store.limits().free(DB, "first")).isEqualTo(1);
    assertThat(ask(run, "third", DB)).isEmpty();
    store.limits().release(run.lease(), "third");
    assertThat(store.limits().find(DB).orElseThrow().decaying()).isEqualTo(1);
    assertThat(store.limits().free(DB, null)).isEqualTo(2);
    assertThat(store.limits().find(DB).orElseThrow())
        .isEqualTo(new LimitUse(slow, List.of(), 0, 0));
  }

  @Test
  void allSlotsAreTakenOrNone() {
    Claimed run = begun("a");
    store.limits().create(Limit.of(DB, 1));
    store.limits().create(Limit.of(CRM, 1));
    ask(run, "first", CRM);
    assertThat(ask(run, "both", CRM, DB)).isPresent();
    assertThat(store.limits().find(DB).orElseThrow().taken()).isEmpty();
  }

  @Test
  void askingAgainForWhatOneHasTakesNothingMore() {
    Claimed run = begun("a");
    store.limits().create(Limit.of(DB, 2));
    assertThat(ask(run, "first", DB)).isEmpty();
    assertThat(ask(run, "first", DB)).isEmpty();
    assertThat(store.limits().find(DB).orElseThrow().taken()).hasSize(1);
  }

  @Test
  void theOldestGoesFirst() {
    Claimed run = begun("a");
    store.limits().create(Limit.of(DB, 1));
    ask(run, "holder", DB);
    assertThat(ask(run, "z-oldest", DB)).isPresent();
    assertThat(ask(run, "a-newer", DB)).isPresent();
    store.limits().release(run.lease(), "holder");
    assertThat(ask(run, "a-newer", DB)).contains("waiting: others came first");
    assertThat(ask(run, "z-oldest", DB)).isEmpty();
  }

  @Test
  void whoeverWaitsForAnotherLimitKeepsNobody() {
    Claimed run = begun("a");
    store.limits().create(Limit.of(DB, 1));
    store.limits().create(Limit.of(CRM, 1));
    ask(run, "holder", CRM);
    assertThat(ask(run, "both", CRM, DB)).isPresent();
    assertThat(ask(run, "db-only", DB)).isEmpty();
    store.limits().release(run.lease(), "holder");
    assertThat(ask(run, "crm-only", CRM)).isEmpty();
  }

  @Test
  void aTaskThatIsOverOrWaitsGivesItsSlotBack() {
    Claimed run = begun("a");
    store.limits().create(Limit.of(DB, 1));
    for (StateName state :
        List.of(StateName.COMPLETED, StateName.AWAITING_RETRY, StateName.SUSPENDED)) {
      TaskRuns.TaskMove move = TaskRunsContract.move(run, 0, state, List.of("db"), null);
      assertThat(ask(run, move.id(), DB)).isEmpty();
      store.taskRuns().move(run.lease(), move);
      assertThat(store.limits().find(DB).orElseThrow().taken()).isEmpty();
    }
  }

  @Test
  void whateverEndsALeaseFreesItsSlots() {
    store.limits().create(Limit.of(DB, 1));
    Claimed forced = begun("a");
    assertThat(ask(forced, "t1", DB)).isEmpty();
    runs.force(forced.run().id(), StateName.FAILED, "");

    Claimed moved = begun("a");
    assertThat(ask(moved, "t2", DB)).isEmpty();
    runs.move(moved.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));

    create("pool");
    Claimed lost = claim("a", Duration.ofSeconds(-1)).getFirst();
    assertThat(ask(lost, "t3", DB)).isEmpty();
    runs.expire(3);

    Claimed again = claim("b", LEASE).getFirst();
    assertThat(ask(again, "t4", DB)).isEmpty();
  }

  @Test
  void aSlotThatDecaysIsTakenForAWhileAfterItWasGivenBack() {
    Claimed run = begun("a");
    Limit rate =
        new Limit(DB, "tag db", 1, Duration.ofHours(1), Limit.Collision.ENQUEUE, Duration.ZERO);
    store.limits().create(rate);
    ask(run, "first", DB);
    store.limits().release(run.lease(), "first");
    assertThat(ask(run, "second", DB)).contains("waiting: tag db 1/1, 1 given back a moment ago");
    store.limits().update(Limit.of(DB, 2));
    assertThat(ask(run, "second", DB)).isEmpty();
  }

  @Test
  void aLimitThatShrinksTakesNothingAwayAndLetsNobodyIn() {
    Claimed run = begun("a");
    store.limits().create(Limit.of(DB, 3));
    for (String task : List.of("one", "two", "three")) {
      ask(run, task, DB);
    }
    store.limits().update(Limit.of(DB, 1));
    store.limits().release(run.lease(), "three");
    assertThat(ask(run, "four", DB))
        .contains("waiting: tag db 2/1, held by task run 'one', task run 'two'");
    store.limits().release(run.lease(), "two");
    assertThat(ask(run, "four", DB)).isPresent();
    store.limits().release(run.lease(), "one");
    assertThat(ask(run, "four", DB)).isEmpty();
  }

  @Test
  void aFlowRunWaitsForItsDeploymentAndKeepsNobodyBehind() {
    store.limits().create(Limit.of(LimitKey.deployment("nightly"), 1));
    FlowRun first = create(of("nightly"));
    FlowRun second = create(of("nightly"));
    FlowRun other = create(of("hourly"));
    List<Claimed> taken = claim("a", LEASE);
    assertThat(taken).extracting(each -> each.run().id()).containsExactly(first.id(), other.id());
    assertThat(claim("a", LEASE)).isEmpty();
    assertThat(state(second).name()).isEqualTo(StateName.AWAITING_CONCURRENCY_SLOT);
    assertThat(state(second).message())
        .isEqualTo("waiting: deployment nightly 1/1, held by flow run 'quiet-otter'");
    runs.move(taken.getFirst().lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
    assertThat(claim("a", LEASE)).extracting(each -> each.run().id()).containsExactly(second.id());
  }

  @Test
  void poolsAndQueuesHaveLimitsToo() {
    store.limits().create(Limit.of(LimitKey.queue("pool", "default"), 2));
    for (int i = 0; i < 5; i++) {
      create("pool");
    }
    assertThat(claim("a", LEASE)).hasSize(2);
    store.limits().update(Limit.of(LimitKey.queue("pool", "default"), 4));
    store.limits().create(Limit.of(LimitKey.pool("pool"), 1));
    assertThat(claim("a", LEASE)).hasSize(1);
    assertThat(claim("a", LEASE)).isEmpty();
  }

  @Test
  void aDeploymentSaysWhatBecomesOfRunsThatCollide() {
    LimitKey nightly = LimitKey.deployment("nightly");
    store.limits().set(collision(nightly, Limit.Collision.CANCEL_NEW, Duration.ZERO));
    create(of("nightly"));
    FlowRun cancelled = create(of("nightly"));
    assertThat(claim("a", LEASE)).hasSize(1);
    claim("a", LEASE);
    assertThat(state(cancelled).name()).isEqualTo(StateName.CANCELLED);
    assertThat(state(cancelled).message())
        .isEqualTo(
            "not begun, it did not get a slot: ingest/nightly 1/1, held by flow run 'quiet-otter'");

    store.limits().set(collision(nightly, Limit.Collision.FAIL, Duration.ofHours(1)));
    FlowRun patient = create(of("nightly"));
    claim("a", LEASE);
    assertThat(state(patient).name()).isEqualTo(StateName.AWAITING_CONCURRENCY_SLOT);
    store.limits().set(collision(nightly, Limit.Collision.FAIL, Duration.ZERO));
    claim("a", LEASE);
    assertThat(state(patient).name()).isEqualTo(StateName.FAILED);
  }

  private static Limit collision(LimitKey key, Limit.Collision collision, Duration grace) {
    return new Limit(key, "ingest/nightly", 1, Duration.ZERO, collision, grace);
  }

  @Test
  void severalSlotsAreTakenAndGivenBackTogether() {
    Claimed run = begun("a");
    store.limits().create(Limit.of(DB, 4));
    assertThat(ask(run, "heavy", 3, DB)).isEmpty();
    assertThat(ask(run, "heavy", 3, DB)).isEmpty();
    assertThat(store.limits().find(DB).orElseThrow().taken()).hasSize(3);
    assertThat(ask(run, "heavier", 2, DB))
        .contains("waiting: tag db 3/4 of which 2 are wanted, held by task run 'heavy'");
    assertThat(ask(run, "light", DB)).contains("waiting: others came first");
    store.limits().release(run.lease(), "heavy");
    assertThat(ask(run, "heavier", 2, DB)).isEmpty();
    assertThat(ask(run, "light", DB)).isEmpty();
    assertThat(ask(run, "huge", 5, DB))
        .contains(
            "waiting: tag db has 4 slots where 5 are wanted:"
                + " penstock concurrency-limit update makes it more");
    assertThat(ask(run, "behind", DB)).isEmpty(); // it keeps nobody, since it never gets them
  }

  @Test
  void whoeverWaitsForSeveralSlotsIsNotOvertakenOnceTheyAreThere() {
    Claimed run = begun("a");
    store.limits().create(Limit.of(DB, 3));
    ask(run, "one", DB);
    ask(run, "two", DB);
    assertThat(ask(run, "heavy", 3, DB)).isPresent();
    store.limits().release(run.lease(), "one");
    store.limits().release(run.lease(), "two");
    assertThat(ask(run, "late", DB)).contains("waiting: others came first");
    assertThat(ask(run, "heavy", 3, DB)).isEmpty();
  }

  @Test
  void withinItsGraceARunWaitsForTheSlotOfOneWhoseProcessIsGone() {
    LimitKey nightly = LimitKey.deployment("nightly");
    store.limits().set(collision(nightly, Limit.Collision.CANCEL_NEW, Duration.ofMinutes(1)));
    FlowRun lost = create(of("nightly"));
    assertThat(claim("gone", Duration.ZERO)).hasSize(1);
    FlowRun next = create(of("nightly"));
    assertThat(claim("a", LEASE)).isEmpty();
    assertThat(state(next).name()).isEqualTo(StateName.AWAITING_CONCURRENCY_SLOT);
    assertThat(runs.expire(3)).containsExactly(lost.id());
    Claimed first = claim("a", LEASE).getFirst();
    assertThat(claim("a", LEASE)).isEmpty();
    runs.move(first.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
    assertThat(claim("a", LEASE)).hasSize(1);
  }

  @Test
  void whoeverWaitsIsWokenWhenASlotIsFreed() throws Exception {
    CountDownLatch freed = new CountDownLatch(1);
    CountDownLatch poolWoken = new CountDownLatch(1);
    store.limits().create(Limit.of(LimitKey.deployment("nightly"), 1));
    create(of("nightly"));
    Claimed run = claim("a", LEASE).getFirst();
    try (AutoCloseable _ = store.listenForSlots(_ -> freed.countDown());
        AutoCloseable _ = store.listenForRuns(_ -> poolWoken.countDown())) {
      for (int i = 0; i < 30 && freed.getCount() > 0; i++) { // until PostgreSQL is listened to
        TaskRuns.TaskMove done =
            TaskRunsContract.move(run, i, StateName.COMPLETED, List.of("db"), null);
        store.limits().set(Limit.of(DB, 1));
        ask(run, done.id(), DB);
        store.taskRuns().move(run.lease(), done);
        assertThat(freed.await(1, TimeUnit.SECONDS) || i < 29).isTrue();
      }
      runs.move(run.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
      assertThat(poolWoken.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /// Processes that take and give back slots as they please, die and are replaced. Who holds a slot
  /// is known from what they were told, not from the store.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void thereAreNeverMoreHoldersThanSlots(long seed) throws Exception {
    System.out.println("seed " + seed);
    List<LimitKey> keys = List.of(DB, CRM, LimitKey.global("x"));
    Map<LimitKey, Integer> slots = Map.of(DB, 2, CRM, 3, keys.get(2), 1);
    slots.forEach((key, count) -> store.limits().create(Limit.of(key, count)));
    Map<LimitKey, AtomicInteger> held = new ConcurrentHashMap<>();
    keys.forEach(key -> held.put(key, new AtomicInteger()));
    AtomicInteger granted = new AtomicInteger();
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    List<Claimed> claimed = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      claimed.add(begun("owner-" + i));
    }
    try (Store other = another();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 6; i++) {
        Limits limits = (i % 2 == 0 ? store : other).limits();
        Claimed run = claimed.get(i);
        Random random = new Random(seed * 31 + i);
        threads.submit(() -> {
          for (int step = 0; step < 40; step++) {
            String task = run.lease().owner() + "-" + step;
            List<SlotDemand> wanted =
                keys.stream()
                    .filter(_ -> random.nextBoolean())
                    .map(key -> new SlotDemand(key, random.nextInt(1, slots.get(key) + 1)))
                    .toList();
            if (limits.acquire(run.lease(), task, task, wanted).isPresent()) {
              if (random.nextInt(4) == 0) {
                limits.release(run.lease(), task); // gives up waiting
              }
              continue;
            }
            granted.incrementAndGet();
            for (SlotDemand each : wanted) {
              if (held.get(each.key()).addAndGet(each.slots()) > slots.get(each.key())) {
                wrong.add(each.key() + " in step " + step);
              }
            }
            Thread.sleep(random.nextInt(3));
            wanted.forEach(each -> held.get(each.key()).addAndGet(-each.slots()));
            limits.release(run.lease(), task);
          }
          return null;
        });
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(granted).hasPositiveValue();
  }
}
