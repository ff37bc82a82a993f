package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.JsonTree;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.store.TaskRun;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskRunCommandsTest extends CommandLineTests {

  private TaskRun task(FlowEnd of, String name) {
    return store.taskRuns().of(of.run(), 0, "", 10).stream()
        .filter(task -> task.key().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tasksAreListedByFlowRunAndState() throws Exception {
    FlowEnd end = ingested();
    shop.breakDown(true);
    FlowEnd failed = ingested();
    assertThat(run("task-runs", "ls", "--flow-run", end.name()).out())
        .contains(task(end, "extract-0").id(), task(end, "load-0").id())
        .doesNotContain(task(failed, "load-0").id());
    assertThat(run("task-run", "ls", "--state", "Failed").out().lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).startsWith(task(failed, "load-0").id()));
  }

  @Test
  void aTaskIsInspectedByTheBeginningOfItsId() throws Exception {
    TaskRun task = task(ingested(), "extract-0");
    Map<String, ?> json =
        JsonTree.readObject(run("task-run", "inspect", task.id(), "--output", "json").out());
    assertThat(json.get("name")).isEqualTo("extract-0");
    assertThat(json.get("result")).isEqualTo(JsonTree.read("[1,2,3]"));
    assertThat(run("task-run", "inspect", task.id().substring(0, 30)).out()).contains("extract-0");
    assertThat(run("task-run", "inspect", "no").err())
        .isEqualTo(
            "there is no task run \"no\"; penstock task-run ls --flow-run RUN lists them"
                + System.lineSeparator());
  }

  @Test
  void theLogOfATaskIsItsOwn() throws Exception {
    TaskRun task = task(ingested(), "load-0");
    assertThat(run("task-run", "logs", task.id()).out().lines())
        .containsExactlyElementsOf(
            console.stream().filter(line -> line.contains("Task run 'load-0'")).toList());
  }
}
