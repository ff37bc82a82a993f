package dev.penstock.cli.home;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.Retained;
import dev.penstock.flow.store.RetentionSetting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `penstock store retention`.
@Command(
    name = "retention",
    description = {
      "Shows how long finished runs are kept, or changes it.",
      "Workers and servers delete what is older, with its tasks, logs and results."
    })
final class StoreRetention implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      description = "Keep runs for so many days after their end.")
  private @Nullable Long days;

  @Option(
      names = "--per-flow",
      paramLabel = "COUNT",
      description = "Keep so many runs of each flow, the newest.")
  private @Nullable Integer perFlow;

  @Mixin private OutputOption output = new OutputOption();

  StoreRetention(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    RetentionSetting setting = session.store().retentionSetting();
    Retained now = setting.get();
    if (days != null || perFlow != null) {
      setting.set(
          days == null ? now.age() : Duration.ofDays(days),
          perFlow == null ? now.perFlow() : perFlow);
      now = setting.get();
    }
    SequencedMap<String, Object> shown = new LinkedHashMap<>();
    shown.put("days", now.age().toDays());
    shown.put("perFlow", now.perFlow());
    output.thing(session.out(), shown);
    return 0;
  }
}
