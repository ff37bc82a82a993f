package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What flow runs keep in every store.
abstract class FlowRunsContract {
  private static final Duration LEASE = Duration.ofSeconds(15);

  private Store store;
  private FlowRuns runs;

  /// An empty store.
  abstract Store open();

  @BeforeEach
  void openStore() {
    store = open();
    runs = store.flowRuns();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private FlowRun create(String pool) {
    FlowRun.Origin origin = new FlowRun.Origin("ingest", null, pool, null, 0, null, null);
    return runs.create(
        new NewFlowRun(
            Ids.next(InstantSource.system()),
            "quiet-otter",
            origin,
            FlowRun.Call.of("{}", List.of("nightly")),
            null));
  }

  private ClaimRequest request(String owner, Duration lease) {
    return new ClaimRequest(owner, "pool", List.of(), List.of(), 10, lease);
  }

  @Test
  void aRunGoesFromScheduledToCompletedAndRemembersItsWay() {
    FlowRun made = create("pool");
    Claimed claimed = runs.claim(request("a", LEASE)).getFirst();
    runs.begin(claimed.lease(), "v1");
    runs.move(claimed.lease(), StateName.COMPLETED, new FlowRuns.Outcome("", "42", null, null));

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
    assertThat(runs.claim(request("a", LEASE))).hasSize(1);
    assertThat(runs.claim(request("b", LEASE))).isEmpty();
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
    Claimed sleeper = runs.claim(request("sleeper", Duration.ZERO)).getFirst();
    runs.begin(sleeper.lease(), "v1");
    assertThat(runs.expire(3)).containsExactly(made.id());
    Claimed taken = runs.claim(request("other", LEASE)).getFirst();
    assertThat(taken.begunBefore()).isTrue();

    assertThatThrownBy(
            () -> runs.move(sleeper.lease(), StateName.FAILED, FlowRuns.Outcome.message("late")))
        .isInstanceOf(Fenced.class);
    assertThat(runs.renew(List.of(sleeper.lease()), LEASE)).noneMatch(Renewal::held);
    assertThat(runs.find(made.id()).orElseThrow().owner()).isEqualTo("other");
  }

  @Test
  void whoeverHoldsARunIsToldThatItIsCancelled() {
    FlowRun made = create("pool");
    Claimed claimed = runs.claim(request("a", LEASE)).getFirst();
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
}
