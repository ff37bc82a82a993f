package dev.penstock.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.state.State;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.TaskRun;
import dev.penstock.server.view.TaskLine;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which results of tasks are shown.
class ResultViewTest {
  private static TaskLine line(int number, boolean failed) {
    State state = new State(failed ? StateName.FAILED : StateName.COMPLETED, Instant.EPOCH, "");
    TaskRun.Key key = new TaskRun.Key("run", 0, "", "load-" + number, "load", null);
    FlowRun.Times times = new FlowRun.Times(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
    String result = failed ? null : "7";
    String error = failed ? "no mailbox" : null;
    TaskRun task =
        new TaskRun("id" + number, key, List.of(), state, 1, null, result, error, null, times);
    return new TaskLine(task, List.of(state), 0);
  }

  @Test
  void ofManyTasksThoseThatFailedComeFirst() {
    List<TaskLine> lines =
        IntStream.range(0, 80).mapToObj(i -> line(i, i == 70 || i == 20)).toList();
    assertThat(ResultView.of(lines))
        .hasSize(50)
        .extracting(result -> result.task().key().name())
        .startsWith("load-20", "load-70", "load-0", "load-1");
  }
}
