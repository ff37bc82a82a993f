package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.testkit.Golden;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class FlowRunCommandsTest extends CommandLineTests {

  /// A run that waits for its time.
  private FlowRun scheduled(String name) {
    return store
        .flowRuns()
        .create(
            new NewFlowRun(
                Ids.next(InstantSource.system()),
                name,
                FlowRun.Origin.here("ingest", null, null),
                FlowRun.Call.of("{}", List.of()),
                null));
  }

  private FlowRun only() {
    return store.flowRuns().list(RunFilter.ALL, Page.first(1)).getFirst();
  }

  /// Waits until the run is in this state, which another thread brings it to.
  private String awaitState(StateName state) {
    while (store.flowRuns().list(RunFilter.ALL, Page.first(1)).stream()
        .noneMatch(run -> run.state().name() == state)) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    return only().name();
  }

  private Map<?, ?> first(Result result) {
    return (Map<?, ?>) ((List<?>) JsonTree.read(result.out())).getFirst();
  }

  @Test
  void listsFitATerminalOf80ColumnsAndTheirShortIdsFindWhatTheyListed() throws Exception {
    ingested();
    ingested();
    scheduled("discerning-grebe-with-a-long-name");
    width = 80;
    for (String kind : List.of("flow-run", "task-run")) {
      List<String> lines = run(kind, "ls").out().lines().toList();
      assertThat(lines).allMatch(line -> line.length() <= 80 && !line.contains("…"));
      for (String line : lines.subList(1, lines.size())) {
        String id = line.substring(0, line.indexOf(' '));
        assertThat(run(kind, "inspect", id).out()).as(line).contains(id);
      }
    }
  }

  @Test
  void runsAreListedNewestFirst() throws Exception {
    FlowEnd older = ingested();
    FlowEnd newer = ingested();
    Result listed = run("flow-run", "ls");
    assertThat(listed.out().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).startsWith(newer.run() + "  " + newer.name()),
            line -> assertThat(line).startsWith(older.run() + "  " + older.name()));
    assertThat(run("flow-runs", "ls", "--limit", "1").out()).doesNotContain(older.run());
    assertThat(first(run("flow-run", "ls", "--output", "json")))
        .extracting("id", "state", "parameters")
        .containsExactly(newer.run(), "Completed", JsonTree.read("{\"count\":3}"));
  }

  @Test
  void aListIsFilteredByFlowStateTagAndTime() throws Exception {
    shop.breakDown(true);
    FlowEnd failed = finished("ingest", "{\"count\":3}", "nightly");
    shop.breakDown(false);
    FlowEnd completed = ingested();
    assertThat(run("flow-run", "ls", "--state", "failed").out())
        .contains(failed.run())
        .doesNotContain(completed.run());
    assertThat(run("flow-run", "ls", "--tag", "nightly").out())
        .contains(failed.run())
        .doesNotContain(completed.run());
    assertThat(run("flow-run", "ls", "--flow", "publish"))
        .isEqualTo(new Result(0, "", "no flow runs" + System.lineSeparator()));
    assertThat(run("flow-run", "ls", "--name", completed.name().toUpperCase(Locale.ROOT)).out())
        .contains(completed.run())
        .doesNotContain(failed.run());
    assertThat(run("flow-run", "ls", "--name", "walrus-of-nowhere").out()).isEmpty();
    assertThat(run("flow-run", "ls", "--since", "1h").out()).contains(completed.run());
    assertThat(run("flow-run", "ls", "--since", "2999-01-01").out()).isEmpty();
    assertThat(run("flow-run", "ls", "--until", "1h").out()).isEmpty();
  }

  @Test
  void aRunIsInspectedByItsIdOrNameOrTheBeginningOfItsId() throws Exception {
    FlowEnd end = ingested();
    Result byName = run("flow-run", "inspect", end.name());
    Golden.assertMatches("flow-run-inspect", byName.golden().replace(end.name(), "NAME"));
    assertThat(run("flow-run", "inspect", end.run())).isEqualTo(byName);
    assertThat(run("flow-run", "inspect", end.run().substring(0, 13))).isEqualTo(byName);
    Map<String, ?> json =
        JsonTree.readObject(run("flow-run", "inspect", end.name(), "--output=json").out());
    assertThat(json.get("result")).isEqualTo(3);
    assertThat(json.get("tasks")).isEqualTo(Map.of("Completed", 2));
    assertThat((List<?>) json.get("history")).hasSize(4);
  }

  @Test
  void aWordThatMayBeSeveralRunsListsThem() {
    FlowRun one = scheduled("quiet-otter");
    FlowRun other = scheduled("quiet-otter");
    Result result = run("flow-run", "cancel", "quiet-otter");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("\"quiet-otter\" may be any of these flow runs; say which by more of its id:")
        .contains(one.id(), other.id());
    assertThat(store.flowRuns().find(one.id()).orElseThrow().state().name())
        .isEqualTo(StateName.SCHEDULED);
  }

  @Test
  void anUnknownRunIsSaidToBeOneWithTheNameThatWasMeant() {
    scheduled("quiet-otter");
    assertThat(run("flow-run", "inspect", "quiet-oter"))
        .isEqualTo(
            new Result(
                1,
                "",
                "there is no flow run \"quiet-oter\"; did you mean \"quiet-otter\"?"
                    + System.lineSeparator()));
    assertThat(run("flow-run", "inspect", "").exit()).isEqualTo(1);
  }

  @Test
  void logsAreTheLinesThatTheConsoleHasSeen() throws Exception {
    FlowEnd end = ingested();
    store.flowRuns().delete("none"); // is committed after the lines, which nobody waits for
    assertThat(run("flow-run", "logs", end.name()).out().lines())
        .containsExactlyElementsOf(console);
    assertThat(run("flow-run", "logs", end.name(), "--level", "WARNING").out().lines())
        .singleElement()
        .asString()
        .endsWith("| WARNING | Task run 'load-0' - loading");
    assertThat(run("flow-run", "logs", end.name(), "--output", "json").out().lines())
        .hasSameSizeAs(console)
        .allSatisfy(
            line -> assertThat(JsonTree.readObject(line)).containsEntry("flowRun", end.run()));
  }

  @Test
  void logsAreFollowedUntilTheRunIsOver() throws Exception {
    CompletableFuture<FlowEnd> running = begun("patient");
    shop.awaitWaiting();
    String name = awaitState(StateName.RUNNING);
    CompletableFuture<Result> followed = beside(() -> run("flow-run", "logs", name, "--follow"));
    shop.release();
    assertThat(running.get().state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(followed.get().out().lines()).containsExactlyElementsOf(console);
  }

  @Test
  void watchingEndsWithTheRunAndSaysHow() throws Exception {
    CompletableFuture<FlowEnd> running = begun("patient");
    shop.awaitWaiting();
    String name = awaitState(StateName.RUNNING);
    CompletableFuture<Result> watched = beside(() -> run("flow-run", "watch", name));
    shop.release();
    running.get();
    assertThat(watched.get().exit()).isZero();
    assertThat(watched.get().out().lines().toList().getLast())
        .endsWith("Completed  tasks: 1 Completed");

    shop.breakDown(true);
    Result failed = run("flow-run", "watch", ingested().name());
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.out())
        .contains("Failed: java.lang.IllegalStateException: no table \"trips\"")
        .contains("tasks: 1 Completed, 1 Failed");
  }

  @Test
  void whatWaitsIsCancelledAtOnce() {
    FlowRun run = scheduled("quiet-otter");
    assertThat(run("flow-run", "cancel", "quiet-otter").out())
        .isEqualTo("flow run 'quiet-otter' is Cancelled" + System.lineSeparator());
    assertThat(run("flow-run", "cancel", run.id()))
        .isEqualTo(
            new Result(
                1,
                "",
                "flow run 'quiet-otter' is Cancelled: there is nothing to cancel"
                    + System.lineSeparator()));
  }

  @Test
  void whatRunsIsStoppedByItsProcess() throws Exception {
    CompletableFuture<FlowEnd> running = begun("patient");
    shop.awaitWaiting();
    Result asked = run("flow-run", "cancel", awaitState(StateName.RUNNING));
    assertThat(asked.out()).contains("is Cancelling; the process that runs it will stop it");
    assertThat(running.get().state().name()).isEqualTo(StateName.CANCELLED);
  }

  @Test
  void whatWaitsIsPausedAndResumed() {
    scheduled("quiet-otter");
    assertThat(run("flow-run", "pause", "quiet-otter").out()).contains("is Paused");
    assertThat(run("flow-run", "resume", "quiet-otter").out()).contains("is Resuming");
    assertThat(run("flow-run", "resume", "quiet-otter").err())
        .isEqualTo(
            "flow run 'quiet-otter' is Resuming: it does not wait to be resumed"
                + System.lineSeparator());
  }

  @Test
  void aRunThatAsksGoesOnWithTheAnswer() throws Exception {
    CompletableFuture<FlowEnd> asking = begun("publish");
    String name = awaitState(StateName.PAUSED);
    assertThat(run("flow-run", "resume", name).err())
        .contains("is waiting for 'may it go out?': answer it with --input JSON");
    assertThat(run("flow-run", "resume", name, "--input", "yes").err())
        .startsWith("--input: no JSON");
    assertThat(run("flow-run", "resume", name, "--input", "true").exit()).isZero();
    assertThat(asking.get().result()).isEqualTo("\"out\"");
  }

  @Test
  void anAnswerThatNobodyAskedForIsRefused() {
    scheduled("quiet-otter");
    run("flow-run", "pause", "quiet-otter");
    assertThat(run("flow-run", "resume", "quiet-otter", "--input", "true").err())
        .contains("asks nothing: resume it without --input");
  }

  @Test
  void aRetriedRunDoesWhatIsNotDone() throws Exception {
    shop.breakDown(true);
    FlowEnd failed = ingested();
    shop.breakDown(false);
    Result retried = run("flow-run", "retry", failed.name());
    Golden.assertMatches("flow-run-retry", retried.golden().replace(failed.name(), "NAME"));
    assertThat(engine.runHere(failed.run(), flow("ingest")).state().name())
        .isEqualTo(StateName.COMPLETED);
    assertThat(shop.extracted()).isEqualTo(1);

    assertThat(run("flow-run", "retry", failed.run(), "--from-start").exit()).isZero();
    assertThat(run("flow-run", "retry", failed.run()).err())
        .contains("is AwaitingRetry: it can be retried when it is over");
    engine.runHere(failed.run(), flow("ingest"));
    assertThat(shop.extracted()).isEqualTo(2);
  }

  @Test
  void deadLettersAreListedAndReplayed() throws Exception {
    shop.breakDown(true);
    FlowEnd end = finished("price", "{}");
    Result listed = run("flow-run", "dead-letters", end.name());
    assertThat(listed.out().lines().skip(1))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("map(Shop::priceOf)", "IllegalStateException", "split-0, 2"),
            line -> assertThat(line).contains("split-0, 3", "kept"));
    Map<?, ?> second =
        (Map<?, ?>)
            ((List<?>)
                    JsonTree.read(
                        run("flow-run", "dead-letters", end.name(), "--output", "json").out()))
                .get(1);
    assertThat(second)
        .extracting("message", "record", "split", "position")
        .containsExactly("no price for 3", "3", "split-0", "3");
    assertThat(run("flow-run", "replay", end.name(), "--step", "map(other)").err())
        .contains("has no dead letters to replay");

    shop.breakDown(false);
    String id = String.valueOf(second.get("id"));
    assertThat(run("flow-run", "replay", end.name(), "--letter", id).out())
        .contains("AwaitingRetry", "run it: penstock run");
    engine.runHere(end.run(), flow("price"));
    assertThat(shop.priced()).containsExactly(10, 30);
    assertThat(run("flow-run", "replay", end.name(), "--letter", id).err())
        .contains("cannot be replayed: it was already");
    assertThat(run("flow-run", "replay", end.name()).exit()).isZero();
    engine.runHere(end.run(), flow("price"));
    assertThat(shop.priced()).containsExactly(10, 30, 20);
  }

  @Test
  void aStateIsSetByHand() {
    scheduled("quiet-otter");
    assertThat(run("flow-run", "set-state", "quiet-otter", "running").err())
        .contains("not into Running");
    assertThat(run("flow-run", "set-state", "quiet-otter", "completed", "--message", "seen").out())
        .contains("is Completed");
    assertThat(only().state().message()).isEqualTo("seen");
  }

  @Test
  void onlyWhatNobodyRunsIsDeleted() throws Exception {
    CompletableFuture<FlowEnd> running = begun("patient");
    shop.awaitWaiting();
    String name = awaitState(StateName.RUNNING);
    assertThat(run("flow-run", "delete", name).err()).contains("is Running: cancel it first");
    shop.release();
    running.get();
    assertThat(run("flow-run", "delete", name).out()).contains("is deleted");
    assertThat(store.flowRuns().list(RunFilter.ALL, Page.first(1))).isEmpty();
  }

  @Test
  void flowsAreThoseThatWereRun() throws Exception {
    FlowEnd end = ingested();
    Golden.assertMatches(
        "flow-ls",
        run("flows", "ls").golden().replace(end.name(), "NAME").replaceAll(" {2,}", "  "));
    assertThat(first(run("flow", "ls", "--output", "json")))
        .extracting("name", "runs")
        .containsExactly("ingest", 1);
  }
}
