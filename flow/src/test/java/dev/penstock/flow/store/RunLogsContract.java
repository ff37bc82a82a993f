package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What logs keep in every store.
abstract class RunLogsContract extends StoreContract {
  private static final Instant AT = Instant.parse("2026-03-01T04:05:06.000007Z");

  private static RunLogs.Line line(String run, @Nullable String task, String text) {
    return new RunLogs.Line(0, run, task, AT, "INFO", "penstock.flow-runs", text);
  }

  /// What was logged, once it is written.
  private List<RunLogs.Line> lines(String run, long after, int atMost) {
    runs.renew(List.of(), LEASE); // is written behind it
    return store.logs().of(run, after, atMost);
  }

  @Test
  void linesComeBackInTheirOrderPageByPage() {
    FlowRun run = createHere();
    store
        .logs()
        .appendSoon(
            IntStream.range(0, 250).mapToObj(i -> line(run.id(), null, "line " + i)).toList());
    List<RunLogs.Line> first = lines(run.id(), 0, 200);
    List<RunLogs.Line> second = lines(run.id(), first.getLast().id(), 200);
    assertThat(first).hasSize(200);
    assertThat(second)
        .extracting(RunLogs.Line::text)
        .containsExactlyElementsOf(IntStream.range(200, 250).mapToObj(i -> "line " + i).toList());
    assertThat(first.getFirst().at()).isEqualTo(AT);
  }

  @Test
  void aLineOfAMegabyteAndOneWithANulAreKept() {
    FlowRun run = createHere();
    store
        .logs()
        .appendSoon(
            List.of(line(run.id(), "task", "x".repeat(1 << 20)), line(run.id(), null, "a\0b")))
        .join();
    assertThat(lines(run.id(), 0, 10))
        .extracting(RunLogs.Line::text)
        .containsExactly("x".repeat(1 << 20), "a\uFFFDb");
  }

  @Test
  void linesOfARunThatWasDeletedDoNotKeepOthersFromBeingWritten() {
    FlowRun run = createHere();
    store
        .logs()
        .appendSoon(List.of(line("deleted", null, "lost"), line(run.id(), null, "kept")))
        .join();
    assertThat(lines(run.id(), 0, 10)).extracting(RunLogs.Line::text).containsExactly("kept");
  }

  @Test
  void linesAreFoundByLevelTextAndTaskFromEitherEnd() {
    FlowRun run = createHere();
    RunLogs.Line warning =
        new RunLogs.Line(0, run.id(), "load", AT, "WARNING", "mine", "100% of Zone_1 missing");
    store
        .logs()
        .appendSoon(
            List.of(line(run.id(), null, "one"), warning, line(run.id(), "load", "two zone 1")));
    List<RunLogs.Line> all = lines(run.id(), 0, 10);
    assertThat(texts(run, new RunLogs.Wanted(List.of("WARNING", "ERROR"), null, null)))
        .containsExactly(warning.text());
    assertThat(texts(run, new RunLogs.Wanted(List.of(), "ZONE_1", null)))
        .containsExactly(warning.text());
    assertThat(texts(run, new RunLogs.Wanted(List.of(), "0%", null)))
        .containsExactly(warning.text());
    assertThat(texts(run, new RunLogs.Wanted(List.of(), "flow-runs", "load")))
        .containsExactly("two zone 1");
    assertThat(store.logs().before(run.id(), RunLogs.Wanted.ALL, Long.MAX_VALUE, 2))
        .isEqualTo(all.subList(1, 3));
    assertThat(store.logs().before(run.id(), RunLogs.Wanted.ALL, all.get(1).id(), 2))
        .isEqualTo(all.subList(0, 1));
    assertThat(store.logs().count(run.id(), 10)).isEqualTo(3);
    assertThat(store.logs().count(run.id(), 2)).isEqualTo(2);
  }

  private List<String> texts(FlowRun run, RunLogs.Wanted wanted) {
    return store.logs().after(run.id(), wanted, 0, 10).stream().map(RunLogs.Line::text).toList();
  }
}
