package dev.penstock.server.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.TaskRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which tasks of a run share a row.
class FoldingTest {
  private static final Instant BEGAN = Instant.parse("2026-03-01T12:00:00Z");

  private static TaskLine line(int number, String task, StateName state, int depth) {
    State at = new State(state, BEGAN.plusSeconds(number), "");
    TaskRun.Key key =
        new TaskRun.Key(
            "run" + depth, 0, "%06d".formatted(number), task + "-" + number, task, null);
    Instant ended = state.type().isFinal() ? at.at() : null;
    FlowRun.Times times = new FlowRun.Times(BEGAN.plusSeconds(number), at.at(), ended);
    TaskRun run = new TaskRun("id" + number, key, List.of(), at, 1, null, null, null, null, times);
    return new TaskLine(run, List.of(at), depth);
  }

  private static List<TaskLine> many(int count) {
    List<TaskLine> lines = new ArrayList<>();
    lines.add(line(0, "extract", StateName.COMPLETED, 0));
    IntStream.range(1, count)
        .mapToObj(i ->
            line(
                i,
                i % 2 == 0 ? "load" : "check",
                i == 77 ? StateName.FAILED : i < 990 ? StateName.COMPLETED : StateName.RUNNING,
                0))
        .forEach(lines::add);
    return lines;
  }

  private static List<String> rows(Folding folding) {
    return folding.lines().stream()
        .map(line ->
            line.group().isEmpty()
                ? line.task().key().name()
                : line.task().key().task() + " x " + line.group().size())
        .toList();
  }

  @Test
  void fewHaveRowsOfTheirOwn() {
    assertThat(Folding.of(many(200), "", "").lines()).hasSize(200);
  }

  @Test
  void finishedOnesOfANameShareARowAndOthersStandOut() {
    assertThat(rows(Folding.of(many(992), "id500", "")))
        .containsExactly(
            "extract-0",
            "check x 494",
            "load x 493",
            "check-77",
            "load-500",
            "load-990",
            "check-991");
  }

  @Test
  void aNameIsUnfoldedAsFarAsThereIsRoom() {
    List<String> rows = rows(Folding.of(many(992), "", "load"));
    assertThat(rows).contains("check x 494", "load-2", "load-400", "load x 294").hasSize(206);
  }

  @Test
  void whatAFoldedSubflowHasCalledIsFoldedWithIt() {
    List<TaskLine> lines = new ArrayList<>();
    for (int i = 0; i < 300; i += 2) {
      lines.add(line(i, "check file", StateName.COMPLETED, 0));
      lines.add(line(i + 1, "count", StateName.COMPLETED, 1));
    }
    assertThat(rows(Folding.of(lines, "", ""))).containsExactly("check file x 150");
  }

  @Test
  void manyFailedOnesShareARowToo() {
    List<TaskLine> lines = new ArrayList<>(many(300));
    IntStream.range(300, 700)
        .mapToObj(i -> line(i, "send", StateName.FAILED, 0))
        .forEach(lines::add);
    Folding folding = Folding.of(lines, "", "");
    assertThat(rows(folding)).contains("send x 400", "check-77");
    assertThat(folding.left()).isZero();
  }

  @Test
  void ofTasksThatShareARowThoseCloseToEachOtherAreOneBar() {
    List<TaskLine> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lines.add(line(i < 200 ? i : i + 500, "load", StateName.COMPLETED, 0));
    }
    Timeline.Span span =
        new Timeline.Span(
            BEGAN, BEGAN.plusSeconds(800), BEGAN.plusSeconds(900), new Zoom(0, 800_000));
    Timeline timeline = Timeline.of(Folding.of(lines, "", "").lines(), 0, span);
    Timeline.Row row = timeline.rows().getFirst();
    assertThat(row.kind()).isEqualTo("300 tasks");
    assertThat(row.length()).isEqualTo("13 min 19 s");
    assertThat(row.bars())
        .extracting(bar -> bar.kind() + " " + bar.at() + " " + bar.width())
        .containsExactly("ok 0.00% 24.88%", "ok 87.50% 12.38%");
  }
}
