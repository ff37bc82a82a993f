package dev.penstock.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the viewers of a live run share, and what each of them gets all the same.
class LiveRunsTest {
  @TempDir private Path directory;
  private Store store;
  private Site site;
  private LiveRuns runs;
  private String run;

  @BeforeEach
  void open() {
    store = Store.open(StoreUrl.file(directory.resolve("penstock.db")));
    site = new Site(store, InstantSource.system(), new Templates(), new Assets());
    runs = new LiveRuns(site, new RunReading(site));
    run = Ids.next(InstantSource.system());
    store
        .flowRuns()
        .create(
            new NewFlowRun(
                run,
                "quiet-otter",
                FlowRun.Origin.here("Report", null, null),
                FlowRun.Call.of("{}", List.of()),
                null));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void log(int from, int to) {
    store
        .logs()
        .appendSoon(
            IntStream.range(from, to)
                .mapToObj(i ->
                    new RunLogs.Line(
                        0,
                        run,
                        null,
                        Instant.now(),
                        i % 2 == 0 ? "INFO" : "ERROR",
                        "shop",
                        "line " + i))
                .toList());
    store.flowRuns().cancel("none"); // is written after them
  }

  @Test
  void oneReadingIsForAllAndRenderedOnceForThoseWhoSeeTheSame() {
    LiveRun one = runs.join(run);
    LiveRun other = runs.join(run);
    assertThat(other).isSameAs(one);
    RunFacts facts = one.facts().orElseThrow();
    assertThat(other.facts()).containsSame(facts);
    Map<String, String> first = one.rendered(facts, "de", () -> Map.of("head", "first"));
    assertThat(other.rendered(facts, "de", () -> Map.of("head", "second"))).isSameAs(first);
    assertThat(other.rendered(facts, "en", () -> Map.of("head", "other")))
        .containsEntry("head", "other");
    runs.leave(run);
    assertThat(runs.watched()).isEqualTo(1);
    runs.leave(run);
    assertThat(runs.watched()).isZero();
  }

  @Test
  void eachViewerSeesEachLineOnceWhereverTheyBegin() {
    log(0, 1200);
    LiveRun live = runs.join(run);
    List<String> late = read(live, RunLogs.Wanted.ALL, 0);
    assertThat(late).hasSize(1200).doesNotHaveDuplicates().startsWith("line 0");
    long last = store.logs().before(run, RunLogs.Wanted.ALL, Long.MAX_VALUE, 1).getFirst().id();
    assertThat(read(live, RunLogs.Wanted.ALL, last)).isEmpty();
    RunLogs.Wanted errors = new RunLogs.Wanted(List.of("ERROR"), "LINE", null);
    assertThat(read(live, errors, 0)).hasSize(600).startsWith("line 1", "line 3");
    log(1200, 1300);
    LiveRun again = new LiveRun(site, new RunReading(site), run);
    assertThat(read(again, errors, last)).hasSize(50).startsWith("line 1201");
  }

  private static List<String> read(LiveRun live, RunLogs.Wanted wanted, long after) {
    List<String> all = new ArrayList<>();
    long seen = after;
    LiveRun.Lines next = live.lines(wanted, seen);
    while (next.seen() > seen) {
      seen = next.seen();
      next.lines().forEach(line -> all.add(line.text()));
      next = live.lines(wanted, seen);
    }
    return all;
  }
}
