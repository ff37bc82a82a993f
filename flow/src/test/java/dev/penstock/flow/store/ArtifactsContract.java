package dev.penstock.flow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.flow.store.StoredArtifact.Draft;
import dev.penstock.flow.store.StoredArtifact.Kind;
import org.junit.jupiter.api.Test;

/// What artifacts keep in every store.
abstract class ArtifactsContract extends StoreContract {

  private void write(Claimed run, String id, Kind kind, String key, String data) {
    store.artifacts().write(run.lease(), new Draft(id, "task", kind, key, "said", data));
  }

  @Test
  void oneComesBackAsItWasWritten() {
    Claimed run = begun("a");
    write(run, "1", Kind.TABLE, "rows", "[{\"day\":1}]");
    StoredArtifact found = store.artifacts().find("1").orElseThrow();
    assertThat(found)
        .returns(run.run().id(), StoredArtifact::flowRun)
        .returns("task", StoredArtifact::taskRun)
        .returns(Kind.TABLE, StoredArtifact::kind)
        .returns("rows", StoredArtifact::key)
        .returns("said", StoredArtifact::description)
        .returns("[{\"day\":1}]", StoredArtifact::data);
    assertThat(store.artifacts().find("2")).isEmpty();
  }

  @Test
  void theSameIdAgainIsTheSameArtifact() {
    Claimed run = begun("a");
    write(run, "1", Kind.PROGRESS, "done", "0");
    store
        .artifacts()
        .writeSoon(run.lease(), new Draft("1", "task", Kind.PROGRESS, "done", "said", "60"))
        .join();
    assertThat(store.artifacts().of(run.run().id(), 10))
        .singleElement()
        .returns("60", StoredArtifact::data)
        .satisfies(one -> assertThat(one.updated()).isAfterOrEqualTo(one.created()));
  }

  @Test
  void theNewestVersionOfEachKeyIsListedAndAllByKey() {
    Claimed first = begun("a");
    write(first, "1", Kind.MARKDOWN, "report", "\"old\"");
    write(first, "2", Kind.LINK, "site", "{}");
    Claimed second = begun("b");
    write(second, "3", Kind.MARKDOWN, "report", "\"new\"");
    assertThat(store.artifacts().latest(null, 10))
        .extracting(StoredArtifact::id)
        .containsExactly("3", "2");
    assertThat(store.artifacts().latest(Kind.LINK, 10))
        .extracting(StoredArtifact::id)
        .containsExactly("2");
    assertThat(store.artifacts().versions("report", 10))
        .extracting(StoredArtifact::data)
        .containsExactly("\"new\"", "\"old\"");
    assertThat(store.artifacts().versions("report", 1)).hasSize(1);
  }

  @Test
  void whoeverHasLostTheRunWritesNone() {
    Claimed run = begun("a");
    Lease stale = new Lease(run.lease().run(), run.lease().owner(), run.lease().fence() - 1);
    Draft draft = new Draft("1", null, Kind.MARKDOWN, "report", "", "\"x\"");
    assertThatThrownBy(() -> store.artifacts().write(stale, draft)).isInstanceOf(Fenced.class);
    assertThat(store.artifacts().latest(null, 10)).isEmpty();
  }

  @Test
  void theyAreDeletedByIdAndWithTheirRun() {
    Claimed run = begun("a");
    write(run, "1", Kind.MARKDOWN, "report", "\"x\"");
    write(run, "2", Kind.MARKDOWN, "report", "\"y\"");
    assertThat(store.artifacts().delete("1")).isTrue();
    assertThat(store.artifacts().delete("1")).isFalse();
    runs.move(run.lease(), dev.penstock.flow.state.StateName.COMPLETED, done());
    assertThat(runs.delete(run.run().id())).isNotNull();
    assertThat(store.artifacts().versions("report", 10)).isEmpty();
  }

  private static FlowRuns.Outcome done() {
    return new FlowRuns.Outcome("", null, null, null);
  }
}
