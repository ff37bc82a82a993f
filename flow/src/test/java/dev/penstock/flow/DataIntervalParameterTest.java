package dev.penstock.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.engine.EngineSettings;
import dev.penstock.flow.engine.FlowEnd;
import dev.penstock.flow.engine.RunEngine;
import dev.penstock.flow.state.StateName;
import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataIntervalParameterTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-01-02T00:00:00Z");

  @TempDir private Path directory;

  /// A flow that takes its interval.
  static final class Daily {
    @Flow
    String daily(DataInterval day, @Default("green") String color) {
      return color + " " + day.from() + " " + day.to();
    }
  }

  private FlowEnd run(String parameters, @Nullable Instant from, @Nullable Instant to)
      throws InterruptedException {
    try (Store store = Store.open(StoreUrl.file(directory.resolve("store.db")));
        RunEngine engine = new RunEngine(store, EngineSettings.of("here", _ -> {}))) {
      FlowRun.Call call = new FlowRun.Call(parameters, List.of(), null, null, null, from, to, null);
      return engine.runHere(new MethodProgram(FlowMethods.of(Daily.class).getFirst()), call, null);
    }
  }

  @Test
  void aScheduledRunIsGivenItsInterval() throws Exception {
    FlowEnd end = run("{}", FROM, TO);
    assertThat(end.state().name()).isEqualTo(StateName.COMPLETED);
    assertThat(end.result()).isEqualTo("\"green 2026-01-01T00:00:00Z 2026-01-02T00:00:00Z\"");
  }

  @Test
  void anIntervalThatIsGivenIsTaken() throws Exception {
    String given = "{\"day\":{\"from\":\"2025-01-01T00:00:00Z\",\"to\":\"2025-01-02T00:00:00Z\"}}";
    assertThat(run(given, FROM, TO).result())
        .isEqualTo("\"green 2025-01-01T00:00:00Z 2025-01-02T00:00:00Z\"");
  }

  @Test
  void withoutAScheduleItMustBeGiven() throws Exception {
    FlowEnd end = run("{}", null, null);
    assertThat(end.state().name()).isEqualTo(StateName.FAILED);
    assertThat(end.state().message()).contains("\"day\" is missing");
  }
}
