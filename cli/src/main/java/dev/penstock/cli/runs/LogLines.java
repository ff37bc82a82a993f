package dev.penstock.cli.runs;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.JsonTree;
import dev.penstock.flow.engine.LogFormat;
import dev.penstock.flow.engine.LogLevel;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.RunLogs;
import dev.penstock.flow.store.TaskRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How the lines of a run's log are shown: which, and until when.
final class LogLines {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  /// What a run logs last is stored after its end, by as much.
  private static final Duration AFTERWARDS = Duration.ofSeconds(1);

  @Option(names = "--follow", description = "Goes on until the run is over.")
  private boolean follow;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "DEBUG",
      description = "DEBUG, INFO, WARNING or ERROR, and what is worse; all if not said.")
  private LogLevel level = LogLevel.DEBUG;

  /// Prints them.
  ///
  /// @param taskRun the task run whose lines are wanted; null for those of the whole flow run
  void print(Session session, OutputOption output, FlowRun run, @Nullable TaskRun taskRun)
      throws InterruptedException {
    Printer printer = new Printer(session, output.json(), run, taskRun);
    long overSince = 0;
    boolean over = false;
    while (true) {
      boolean any = printer.printNew();
      long now = session.clock().nanos();
      if (!over || any) {
        overSince = now;
        over = isOver(session, run);
      }
      if (!follow || over && now - overSince >= AFTERWARDS.toNanos()) {
        return;
      }
      session.clock().sleep(LOOK_AGAIN.toNanos());
    }
  }

  private static boolean isOver(Session session, FlowRun run) {
    return Runs.of(session)
        .find(run.id())
        .map(found -> found.state().type().isFinal())
        .orElse(true);
  }

  private final class Printer {
    private final Session session;
    private final boolean json;
    private final FlowRun run;
    private final @Nullable TaskRun only;
    private final Map<String, String> names = new HashMap<>();
    private long last;

    Printer(Session session, boolean json, FlowRun run, @Nullable TaskRun only) {
      this.session = session;
      this.json = json;
      this.run = run;
      this.only = only;
    }

    /// @return whether there were any
    boolean printNew() {
      boolean any = false;
      while (true) {
        List<RunLogs.Line> lines = Runs.of(session).lines(run.id(), last);
        for (RunLogs.Line line : lines) {
          last = line.id();
          any = true;
          if (wanted(line)) {
            session.say(json ? JsonTree.write(json(line)) : text(line));
          }
        }
        if (lines.isEmpty()) {
          return any;
        }
      }
    }

    private boolean wanted(RunLogs.Line line) {
      return LogLevel.valueOf(line.level()).compareTo(level) >= 0
          && (only == null || only.id().equals(line.taskRun()));
    }

    private String text(RunLogs.Line line) {
      String subject =
          line.taskRun() == null
              ? LogFormat.flowRun(run.name())
              : LogFormat.taskRun(name(line.taskRun()));
      return LogFormat.line(
          line.at(), session.zone(), LogLevel.valueOf(line.level()), subject, line.text());
    }

    private String name(String taskRun) {
      return names.computeIfAbsent(taskRun, id -> Runs.of(session).taskName(id).orElse(id));
    }

    private Map<String, @Nullable Object> json(RunLogs.Line line) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("at", line.at().toString());
      json.put("level", line.level());
      json.put("logger", line.logger());
      json.put("flowRun", line.flowRun());
      json.put("taskRun", line.taskRun());
      json.put("text", line.text());
      return json;
    }
  }
}
