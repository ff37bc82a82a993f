package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.state.StateName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What retention keeps and deletes in every store.
abstract class RetentionContract extends StoreContract {
  @TempDir private Path directory;

  private static void all(Retention retention) {
    while (retention.tick() > 0) {
      // as long as there is something to do
    }
  }

  private FlowRun finished() {
    Claimed run = begun("a");
    runs.move(run.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
    return run.run();
  }

  @Test
  void runsThatEndedLongAgoAreDeletedWithAllThatIsTheirs() throws Exception {
    Claimed old = begun("a");
    FlowRun subflow = createSubflow(old.run(), old.run());
    TaskRuns.TaskMove task = TaskRunsContract.move(old, 0);
    store.taskRuns().move(old.lease(), task);
    List<RunLogs.Line> lines =
        IntStream.range(0, 4_500)
            .mapToObj(
                i -> new RunLogs.Line(0, old.run().id(), null, Instant.EPOCH, "INFO", "l", "x"))
            .toList();
    store.logs().appendSoon(lines).join();
    runs.move(old.lease(), StateName.COMPLETED, FlowRuns.Outcome.message(""));
    Claimed running = begun("a");
    Thread.sleep(2);

    all(store.retention(() -> new Retained(Duration.ofMillis(1), 100, 1)));
    assertThat(runs.find(old.run().id())).isEmpty();
    assertThat(runs.find(subflow.id())).isEmpty();
    assertThat(store.taskRuns().find(task.id())).isEmpty();
    assertThat(store.logs().of(old.run().id(), 0, 10)).isEmpty();
    assertThat(runs.find(running.run().id())).isPresent();
  }

  @Test
  void theNewestOfEachFlowAreKept() {
    List<String> ids = IntStream.range(0, 7).mapToObj(_ -> finished().id()).toList();
    all(store.retention(() -> new Retained(Duration.ofDays(1), 3, 2)));
    assertThat(runs.list(RunFilter.ALL, Page.first(10)))
        .extracting(FlowRun::id)
        .containsExactlyInAnyOrderElementsOf(ids.subList(4, 7));
  }

  @Test
  void oneStepDeletesAFewOnly() {
    IntStream.range(0, 7).forEach(_ -> finished());
    assertThat(store.retention(() -> new Retained(Duration.ofDays(1), 1, 2)).tick()).isEqualTo(2);
  }

  @Test
  void filesThatNobodyHasNeededForLongAreDeleted() throws Exception {
    ResultFiles files = new ResultFiles(directory.resolve("results"));
    String old = files.put(Files.writeString(directory.resolve("old.csv"), "old"));
    String used = files.put(Files.writeString(directory.resolve("used.csv"), "used"));
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(60)));
    Path oldFile = files.get(old);
    Files.setLastModifiedTime(oldFile, longAgo);
    Files.setLastModifiedTime(files.get(used), longAgo);
    assertThat(files.get(used)).exists();
    all(store.retention(() -> Retained.DEFAULT, files));
    assertThat(oldFile).doesNotExist();
    assertThat(files.get(used)).exists();
  }

  @Test
  void whatTheCacheHoldsInVainIsForgotten() {
    store.taskCache().keep("over", new TaskCache.Kept("t", "1"), Duration.ofSeconds(-1));
    store.taskCache().keep("kept", new TaskCache.Kept("t", "1"), null);
    all(store.retention(() -> Retained.DEFAULT));
    assertThat(store.taskCache().find("kept")).isPresent();
  }

  @Test
  void howLongRunsAreKeptIsOneSettingForAll() {
    RetentionSetting setting = store.retentionSetting();
    assertThat(setting.get()).isEqualTo(Retained.DEFAULT);
    setting.set(Duration.ofDays(7), 3);
    setting.set(Duration.ofHours(36), 2);
    assertThat(store.retentionSetting().get())
        .isEqualTo(new Retained(Duration.ofHours(36), 2, Retained.DEFAULT.step()));
    assertThatThrownBy(() -> setting.set(Duration.ZERO, 2)).hasMessageContaining("kept for some");
    assertThatThrownBy(() -> setting.set(Duration.ofDays(1), 0)).hasMessageContaining("at least 1");

    IntStream.range(0, 4).forEach(_ -> finished());
    all(store.retention(setting::get));
    assertThat(runs.list(RunFilter.ALL, Page.first(10))).hasSize(2);
  }
}
