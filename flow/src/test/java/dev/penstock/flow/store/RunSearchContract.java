package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.RunSearch.KnownFlow;
import dev.penstock.flow.store.RunSearch.RunningPipeline;
import dev.penstock.flow.store.TaskRuns.TaskMove;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How runs are found in every store.
abstract class RunSearchContract {
  private Store store;
  private RunSearch search;

  /// An empty store.
  abstract Store open();

  @BeforeEach
  void openStore() {
    store = open();
    search = store.search();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private FlowRun create(String id, String name, String flow) {
    FlowRun.Origin origin = FlowRun.Origin.here(flow, null, null);
    return store
        .flowRuns()
        .create(new NewFlowRun(id, name, origin, FlowRun.Call.of("{}", List.of()), null));
  }

  private FlowRun create(String name, String flow) {
    return create(Ids.next(InstantSource.system()), name, flow);
  }

  @Test
  void flowRunsAreFoundByIdItsBeginningAndName() {
    FlowRun one = create("0199a-1", "quiet-otter", "ingest");
    FlowRun two = create("0199a-f", "quick-fox", "ingest");
    FlowRun third = create("0199b-0", "quiet-otter", "report");
    assertThat(search.flowRuns(one.id(), 10)).extracting(FlowRun::id).containsExactly(one.id());
    assertThat(search.flowRuns("0199a", 10))
        .extracting(FlowRun::id)
        .containsExactlyInAnyOrder(one.id(), two.id());
    assertThat(search.flowRuns("quiet-otter", 10))
        .extracting(FlowRun::id)
        .containsExactlyInAnyOrder(one.id(), third.id());
    assertThat(search.flowRuns("0199", 2)).hasSize(2);
    assertThat(search.flowRuns("quiet", 10)).isEmpty();
    assertThat(search.flowRuns("0199_", 10)).isEmpty();
  }

  @Test
  void taskRunsAreFoundByFlowRunStateAndTheBeginningOfTheirId() {
    FlowRun run = create("quiet-otter", "ingest");
    Lease lease =
        store.flowRuns().take(run.id(), "a", Duration.ofSeconds(15)).orElseThrow().lease();
    move(lease, "t1", "000000", StateName.COMPLETED);
    move(lease, "t2", "000001", StateName.FAILED);
    assertThat(search.taskRuns("t", 10)).extracting(TaskRun::id).containsExactly("t2", "t1");
    assertThat(search.taskRuns("t1", 10)).extracting(TaskRun::id).containsExactly("t1");
    assertThat(search.newestTaskRuns(run.id(), StateName.FAILED, 10))
        .extracting(TaskRun::id)
        .containsExactly("t2");
    assertThat(search.newestTaskRuns(null, null, 1)).extracting(TaskRun::id).containsExactly("t2");
    assertThat(search.newestTaskRuns("another", null, 1)).isEmpty();
    assertThat(search.taskStates(run.id()))
        .isEqualTo(Map.of(StateName.COMPLETED, 1, StateName.FAILED, 1));
  }

  @Test
  void pipelinesAreFoundWhileTheyRun() {
    FlowRun run = create("quiet-otter", "ingest");
    Lease lease =
        store.flowRuns().take(run.id(), "a", Duration.ofSeconds(15)).orElseThrow().lease();
    store.flowRuns().begin(lease, "v1");
    for (String id : List.of("t1", "t2", "t3")) {
      move(lease, id, "00000" + id, StateName.RUNNING);
    }
    store.taskRuns().figuresSoon(lease, "t1", "{}").join();
    store.taskRuns().figuresSoon(lease, "t2", "{\"in\": 2}").join();
    move(lease, "t1", "00000t1", StateName.COMPLETED);
    assertThat(search.pipelines())
        .extracting(RunningPipeline::taskRun, RunningPipeline::task, RunningPipeline::figures)
        .containsExactly(tuple("t2", "load-0", "{\"in\": 2}"));
    store.flowRuns().force(run.id(), StateName.CANCELLED, "");
    assertThat(search.pipelines()).isEmpty();
  }

  private void move(Lease lease, String id, String path, StateName state) {
    TaskRun.Key key = new TaskRun.Key(lease.run(), 0, path, "load-0", "load", null);
    store
        .taskRuns()
        .move(lease, new TaskMove(id, key, List.of(), 1, state, "", null, null, null, null));
  }

  @Test
  void aFailureThatAnotherRunHasFollowedIsNotTheLastWord() {
    FlowRun followed = create("quiet-otter", "report");
    FlowRun last = create("calm-owl", "report");
    FlowRun alone = create("quick-fox", "ingest");
    for (FlowRun run : List.of(followed, last, alone)) {
      store.flowRuns().force(run.id(), StateName.FAILED, "");
    }
    List<StateName> bad = List.of(StateName.FAILED, StateName.CRASHED);
    assertThat(search.unfollowed(bad, Instant.EPOCH, 10))
        .extracting(FlowRun::id)
        .containsExactly(alone.id(), last.id());
    assertThat(search.unfollowed(bad, Instant.EPOCH, 1))
        .extracting(FlowRun::id)
        .containsExactly(alone.id());
    assertThat(search.unfollowed(List.of(StateName.CRASHED), Instant.EPOCH, 10)).isEmpty();
    create("calm-fox", "ingest");
    assertThat(search.unfollowed(bad, Instant.EPOCH, 10))
        .extracting(FlowRun::id)
        .containsExactly(last.id());
  }

  @Test
  void flowsAreKnownByTheirRuns() {
    create("quiet-otter", "report");
    create("quick-fox", "ingest");
    FlowRun last = create("calm-owl", "ingest");
    assertThat(search.flowNames()).containsExactly("ingest", "report");
    assertThat(search.flows(Integer.MAX_VALUE))
        .extracting(KnownFlow::name, KnownFlow::runs)
        .containsExactly(
            tuple("ingest", new FlowRuns.Counted(2, false)),
            tuple("report", new FlowRuns.Counted(1, false)));
    assertThat(search.flows(2).getFirst().runs()).isEqualTo(new FlowRuns.Counted(2, true));
    assertThat(search.flows(1).getFirst().last().id()).isEqualTo(last.id());
  }
}
