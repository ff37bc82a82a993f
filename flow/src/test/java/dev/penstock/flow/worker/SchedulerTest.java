package dev.penstock.flow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.schedule.Schedule;
import dev.penstock.flow.schedule.Span;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.ClaimRequest;
import dev.penstock.flow.store.Claimed;
import dev.penstock.flow.store.DeployedCode;
import dev.penstock.flow.store.Deployment;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.FlowRuns;
import dev.penstock.flow.store.NewSchedule;
import dev.penstock.flow.store.Page;
import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.RunFilter;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.flow.store.WorkPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Schedules by a clock that goes where the test wants it.
class SchedulerTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:30Z");
  private static final String EVERY_MINUTE = "cron * * * * *";

  @TempDir private Path directory;
  private volatile Instant now = START;
  private Store store;
  private Scheduler scheduler;

  @BeforeEach
  void open() {
    InstantSource clock = () -> now;
    store = Store.open(StoreUrl.file(directory.resolve("store.db")), clock);
    scheduler = new Scheduler(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Deployment deploy(NewSchedule... schedules) {
    return store
        .deployments()
        .deploy(
            "ingest",
            "nightly",
            new DeployedCode.Source("v1", "ingest.java", ""),
            new Deployment.Settings(
                "",
                "{\"color\":\"green\",\"rows\":1}",
                null,
                List.of("etl"),
                Deployment.Target.in(WorkPool.DEFAULT),
                Deployment.Limit.NONE),
            List.of(schedules));
  }

  private static NewSchedule every(String spec, String catchUp, @Nullable Integer maxActive) {
    return new NewSchedule(spec, "{}", catchUp, maxActive, Duration.ZERO);
  }

  private List<FlowRun> runs() {
    return store.flowRuns().list(RunFilter.ALL, Page.first(1000)).reversed();
  }

  private List<Instant> ticks() {
    return runs().stream().map(run -> run.call().intervalTo()).sorted().toList();
  }

  private void go(Duration by) {
    now = now.plus(by);
  }

  @Test
  void aTickGetsARunWithItsParametersTagsAndInterval() {
    Deployment deployment =
        deploy(new NewSchedule(EVERY_MINUTE, "{\"rows\":2}", "LATEST", null, Duration.ZERO));
    assertThat(scheduler.tick()).isZero();
    assertThat(scheduler.untilNext(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(30));
    go(Duration.ofSeconds(30));
    assertThat(scheduler.tick()).isEqualTo(1);
    assertThat(scheduler.tick()).isZero();
    FlowRun run = runs().getFirst();
    assertThat(run.call().parameters()).isEqualTo("{\"color\":\"green\",\"rows\":2}");
    assertThat(run.call().tags()).containsExactly("etl");
    assertThat(run.call().intervalFrom()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(run.call().intervalTo()).isEqualTo("2026-03-01T00:01:00Z");
    assertThat(run.origin().deployment()).isEqualTo(deployment.id());
    assertThat(run.origin().version()).isEqualTo("v1");
    assertThat(run.due()).isEqualTo("2026-03-01T00:01:00Z");
  }

  @Test
  void whatASchedulerMissedForAFewMinutesIsMadeUpInAnyCase() {
    for (String catchUp : List.of("ALL", "LATEST", "NONE")) {
      Deployment deployment = deploy(every(EVERY_MINUTE, catchUp, null));
      scheduler.tick();
      go(Duration.ofMinutes(4));
      assertThat(scheduler.tick()).as(catchUp).isEqualTo(4);
      store.deployments().delete(deployment.id());
    }
  }

  @Test
  void allMissedTicksAreMadeUpOldestFirst() {
    deploy(every(EVERY_MINUTE, "ALL", null));
    scheduler.tick();
    go(Duration.ofMinutes(250));
    assertThat(scheduler.tick()).isEqualTo(100);
    assertThat(scheduler.tick()).isEqualTo(100);
    assertThat(scheduler.tick()).isEqualTo(50);
    assertThat(scheduler.tick()).isZero();
    assertThat(ticks())
        .hasSize(250)
        .doesNotHaveDuplicates()
        .startsWith(Instant.parse("2026-03-01T00:01:00Z"))
        .endsWith(Instant.parse("2026-03-01T04:10:00Z"));
  }

  @Test
  void theLatestMissedTickIsMadeUp() {
    deploy(every("cron 0 0 * * *", "LATEST", null));
    scheduler.tick();
    go(Duration.ofDays(400).plusHours(12));
    assertThat(scheduler.tick()).isEqualTo(1);
    assertThat(scheduler.tick()).isZero();
    assertThat(ticks()).containsExactly(Instant.parse("2027-04-05T00:00:00Z"));
  }

  @Test
  void noMissedTickIsMadeUp() {
    deploy(every("cron 0 0 * * *", "NONE", null));
    scheduler.tick();
    go(Duration.ofDays(3).plusHours(12));
    assertThat(scheduler.tick()).isZero();
    go(Duration.ofHours(12));
    assertThat(scheduler.tick()).isEqualTo(1);
  }

  @Test
  void aClockThatGoesBackDoublesNothing() {
    deploy(every(EVERY_MINUTE, "ALL", null));
    scheduler.tick();
    go(Duration.ofMinutes(10));
    assertThat(scheduler.tick()).isEqualTo(10);
    go(Duration.ofMinutes(-7));
    for (int i = 0; i < 7; i++) {
      assertThat(scheduler.tick()).isZero();
      go(Duration.ofMinutes(1));
    }
    go(Duration.ofMinutes(1));
    assertThat(scheduler.tick()).isEqualTo(1);
    assertThat(ticks()).hasSize(11).doesNotHaveDuplicates();
  }

  @Test
  void aClockThatLeapsAheadAndBackDoublesNothing() {
    deploy(every(EVERY_MINUTE, "ALL", null));
    scheduler.tick();
    go(Duration.ofHours(1));
    scheduler.tick();
    go(Duration.ofHours(-1));
    for (int i = 0; i < 70; i++) {
      scheduler.tick();
      go(Duration.ofMinutes(1));
    }
    assertThat(ticks()).hasSize(69).doesNotHaveDuplicates();
  }

  @Test
  void aBackfillLeavesOutWhatHasCompletedHoweverMuchThatIs() {
    Deployment deployment = deploy(every(EVERY_MINUTE, "ALL", null));
    scheduler.tick();
    go(Duration.ofMinutes(90));
    scheduler.tick();
    List<FlowRun> first = runs();
    for (int i = 0; i < first.size(); i++) {
      StateName end = i == 40 || i == 41 || i == 80 ? StateName.FAILED : StateName.COMPLETED;
      store.flowRuns().force(first.get(i).id(), end, "");
    }
    List<Instant> failed =
        List.of(40, 41, 80).stream().map(i -> first.get(i).call().intervalTo()).toList();
    store.deployments().pause(deployment.id(), true);
    Schedule range = Schedule.parse(EVERY_MINUTE).within(new Span(START, now));
    store
        .schedules()
        .backfill(deployment.id(), every(range.text(), NewSchedule.MISSING, 2), START, null);
    assertThat(scheduler.tick()).isEqualTo(2);
    assertThat(scheduler.tick()).isZero();
    runs()
        .subList(90, 92)
        .forEach(run -> store.flowRuns().force(run.id(), StateName.COMPLETED, ""));
    assertThat(scheduler.tick()).isEqualTo(1);
    assertThat(runs()).hasSize(93);
    assertThat(runs().subList(90, 93))
        .extracting(run -> run.call().intervalTo())
        .containsExactlyInAnyOrderElementsOf(failed);
    assertThat(store.schedules().of(deployment.id()).getLast().ended()).isTrue();
  }

  @Test
  void noMoreRunsThanMayBeActiveAreMade() {
    deploy(every(EVERY_MINUTE, "ALL", 2));
    scheduler.tick();
    go(Duration.ofMinutes(4));
    assertThat(scheduler.tick()).isEqualTo(2);
    assertThat(scheduler.tick()).isZero();
    Claimed first = claim();
    store.flowRuns().begin(first.lease(), "v1");
    assertThat(scheduler.tick()).isZero();
    store.flowRuns().move(first.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
    assertThat(scheduler.tick()).isEqualTo(1);
    assertThat(scheduler.tick()).isZero();
    assertThat(ticks()).hasSize(3);
  }

  private Claimed claim() {
    return store
        .flowRuns()
        .claim(
            new ClaimRequest("w", WorkPool.DEFAULT, List.of(), List.of(), 1, Duration.ofMinutes(1)))
        .getFirst();
  }

  private void end(StateName state) {
    Claimed run = claim();
    store.flowRuns().begin(run.lease(), "v1");
    store.flowRuns().move(run.lease(), state, FlowRuns.Outcome.message(""));
  }

  @Test
  void whatIsAlwaysOnIsBegunAgainAndAfterFailuresLaterAndLater() {
    deploy(every("always PT5S", "NONE", null));
    assertThat(scheduler.tick()).as("at once").isEqualTo(1);
    go(Duration.ofMinutes(10));
    assertThat(scheduler.tick()).as("while one is under way").isZero();
    end(StateName.FAILED); // after 10 minutes, which were well
    for (int pause : List.of(1, 1, 2, 4, 5, 5)) {
      go(Duration.ofMillis(pause * 1000L - 100));
      assertThat(scheduler.tick()).as("before a pause of %d s is over", pause).isZero();
      go(Duration.ofMillis(100));
      assertThat(scheduler.tick()).as("after a pause of %d s", pause).isEqualTo(1);
      end(StateName.CRASHED);
    }
    go(Duration.ofSeconds(5));
    assertThat(scheduler.tick()).isEqualTo(1);
    end(StateName.COMPLETED);
    go(Duration.ofSeconds(1));
    assertThat(scheduler.tick()).as("after one that was well").isEqualTo(1);
    assertThat(scheduler.tick()).isZero();
  }

  @Test
  void whatIsAlwaysOnKeepsToItsSpan() {
    deploy(every("always PT5S start=2026-03-01T00:01:00Z end=2026-03-01T00:02:00Z", "NONE", null));
    assertThat(scheduler.tick()).isZero();
    assertThat(scheduler.untilNext(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(30));
    go(Duration.ofSeconds(30));
    assertThat(scheduler.tick()).isEqualTo(1);
    go(Duration.ofMinutes(1));
    end(StateName.COMPLETED);
    go(Duration.ofSeconds(10));
    assertThat(scheduler.tick()).isZero();
    assertThat(runs()).hasSize(1);
  }

  @Test
  void aBackfillRunsTheTicksOfItsRangeSomeAtATimeAndEnds() {
    Deployment deployment = deploy();
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    Schedule days =
        Schedule.cron("0 0 * * *", ZoneOffset.UTC)
            .within(new Span(from, Instant.parse("2026-01-08T00:00:00Z")));
    store.schedules().backfill(deployment.id(), every(days.text(), "ALL", 3), from, null);
    store.deployments().pause(deployment.id(), true);
    int made = 0;
    for (int i = 0; i < 20 && made < 7; i++) {
      made += scheduler.tick();
      assertThat(runs().stream().filter(run -> !run.state().type().isFinal()).count())
          .isLessThanOrEqualTo(3);
      Claimed run = claim();
      store.flowRuns().move(run.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
    }
    assertThat(ticks()).hasSize(7).startsWith(from);
    assertThat(store.schedules().of(deployment.id()))
        .singleElement()
        .satisfies(backfill -> assertThat(backfill.ended()).isTrue());
  }

  @Test
  void aScheduleThatStoodStillMakesUpNothing() {
    Deployment deployment = deploy(every(EVERY_MINUTE, "ALL", null));
    String id = store.schedules().of(deployment.id()).getFirst().id();
    scheduler.tick();
    store.schedules().activate(id, false);
    go(Duration.ofMinutes(10));
    assertThat(scheduler.tick()).isZero();
    store.schedules().activate(id, true);
    assertThat(scheduler.tick()).isZero();
    go(Duration.ofMinutes(1));
    assertThat(scheduler.tick()).isEqualTo(1);
  }

  @Test
  void jitterPutsARunOffByLessThanItSays() {
    deploy(new NewSchedule(EVERY_MINUTE, "{}", "ALL", null, Duration.ofSeconds(20)));
    scheduler.tick();
    go(Duration.ofMinutes(100));
    scheduler.tick();
    assertThat(runs())
        .hasSize(100)
        .allSatisfy(run ->
            assertThat(Duration.between(run.call().intervalTo(), run.due()))
                .isBetween(Duration.ZERO, Duration.ofSeconds(20)));
    assertThat(runs().stream().map(run -> run.due().getEpochSecond() % 60).distinct().count())
        .isGreaterThan(5);
  }

  @Test
  void aRunThatIsLateIsSaidToBe() {
    deploy(every(EVERY_MINUTE, "ALL", null));
    scheduler.tick();
    go(Duration.ofSeconds(30));
    Housekeeping housekeeping = Housekeeping.of(store, new ResultFiles(directory));
    housekeeping.schedule();
    go(Duration.ofSeconds(10));
    housekeeping.recover();
    assertThat(runs().getFirst().state().name()).isEqualTo(StateName.SCHEDULED);
    go(Duration.ofSeconds(10));
    housekeeping.recover();
    assertThat(runs().getFirst().state().name()).isEqualTo(StateName.LATE);
  }

  @Test
  void filesOfResultsGoWhenNoRunNeedsThem() throws IOException {
    ResultFiles files = new ResultFiles(directory.resolve("results"));
    Path old = directory.resolve("results").resolve(files.put(text("old")));
    Path young = directory.resolve("results").resolve(files.put(text("young")));
    Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(31))));
    Files.setLastModifiedTime(young, FileTime.from(now));
    Housekeeping.of(store, files).recover();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  private Path text(String text) throws IOException {
    return Files.writeString(directory.resolve(text), text);
  }
}
