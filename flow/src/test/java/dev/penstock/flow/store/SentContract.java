package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.store.StoredArtifact.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// That what is sent to a store again is done once.
abstract class SentContract extends StoreContract {
  private static final Instant AT = Instant.parse("2026-03-01T04:05:06Z");

  private static CompletableFuture<Void> send(Store to, Sent as, FlowRun run, String text) {
    RunLogs.Line line = new RunLogs.Line(0, run.id(), null, AT, "INFO", "mine", text);
    return as.begin(() -> to.logs().appendSoon(List.of(line)));
  }

  private List<String> written(FlowRun run) {
    return store.logs().of(run.id(), 0, 1000).stream().map(RunLogs.Line::text).toList();
  }

  @Test
  void eachNumberOfASenderIsDoneOnce() {
    FlowRun run = createHere();
    List<CompletableFuture<Void>> begun = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (int number = 1; number <= 3; number++) {
        begun.add(send(store, new Sent("a", number), run, "a" + number));
      }
      begun.add(send(store, new Sent("b", 1), run, "b1"));
    }
    begun.forEach(CompletableFuture::join);
    send(store, new Sent("a", 3), run, "a3").join();
    send(store, new Sent("a", 4), run, "a4").join();
    assertThat(written(run)).containsExactly("a1", "a2", "a3", "b1", "a4");
  }

  /// As where one server is slow, so that the same is sent through another.
  @Test
  void twoServersDoItOnce() {
    FlowRun run = createHere();
    try (Store other = another()) {
      List<CompletableFuture<Void>> begun = new ArrayList<>();
      for (int number = 1; number <= 100; number++) {
        begun.add(send(store, new Sent("a", number), run, "line " + number));
        begun.add(send(other, new Sent("a", number), run, "line " + number));
      }
      begun.forEach(CompletableFuture::join);
    }
    assertThat(written(run))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 100).mapToObj(number -> "line " + number).toList());
  }

  @Test
  void whatFailedFailsAgain() {
    Lease lease = begun("a").lease();
    Lease stale = new Lease(lease.run(), lease.owner(), lease.fence() - 1);
    Draft draft = new Draft("1", null, StoredArtifact.Kind.MARKDOWN, "report", "", "\"x\"");
    for (int time = 0; time < 2; time++) {
      CompletableFuture<Void> sent =
          new Sent("a", 1).begin(() -> store.artifacts().writeSoon(stale, draft));
      assertThatThrownBy(sent::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(Fenced.class);
    }
  }

  @Test
  void theyAreCountedFromOne() {
    assertThatThrownBy(() -> new Sent("a", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("writes are counted from 1, was 0");
  }
}
