package dev.penstock.cli.runs;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.state.StateType;
import dev.penstock.flow.store.TaskRun;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock task-run inspect`.
@Command(
    name = "inspect",
    description = "Shows all that is known of a task run; of a pipeline, also its figures.",
    footer = {"%nExample:", "  penstock task-run inspect 01990b2c --output json"})
final class TaskRunInspect implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private TaskRunParameter task = new TaskRunParameter();

  TaskRunInspect(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    TaskRun found = task.find(session);
    SequencedMap<String, @Nullable Object> all = TaskRunText.json(found);
    all.put("due", FlowRunText.text(found.due()));
    all.put("history", FlowRunText.history(session.store().taskRuns().history(found.id())));
    boolean completed = found.state().type() == StateType.COMPLETED;
    all.put("result", completed ? FlowRunText.tree(found.result()) : null);
    all.put("summary", FlowRunText.tree(found.summary()));
    all.put("error", found.error());
    output.thing(session.out(), all);
    return 0;
  }
}
