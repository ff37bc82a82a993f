package dev.penstock.cli.runs;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.FlowRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock flow-run inspect`.
@Command(
    name = "inspect",
    description = "Shows all that is known of a flow run.",
    footer = {"%nExample:", "  penstock flow-run inspect lucky-otter --output json"})
final class FlowRunInspect implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private RunParameter run = new RunParameter();

  FlowRunInspect(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    FlowRun found = run.find(session);
    Map<String, Integer> tasks = new LinkedHashMap<>();
    Runs.of(session)
        .taskStates(found.id())
        .forEach((state, count) -> tasks.put(state.title(), count));
    SequencedMap<String, @Nullable Object> all = FlowRunText.json(found);
    all.put("owner", found.owner());
    all.put("tasks", tasks);
    all.put("history", FlowRunText.history(Runs.of(session).history(found.id())));
    all.put("result", FlowRunText.tree(found.result()));
    all.put("error", found.error());
    output.thing(session.out(), all);
    return 0;
  }
}
