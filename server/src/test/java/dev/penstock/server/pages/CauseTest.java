package dev.penstock.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.flow.store.FlowRun;
import dev.penstock.flow.store.Lease;
import dev.penstock.flow.store.Limit;
import dev.penstock.flow.store.LimitKey;
import dev.penstock.flow.store.NewFlowRun;
import dev.penstock.flow.store.SlotDemand;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreUrl;
import dev.penstock.server.view.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CauseTest {
  @TempDir private Path directory;

  private static Lease begin(Store store, String id, String flow) {
    store
        .flowRuns()
        .create(
            new NewFlowRun(
                id,
                id,
                FlowRun.Origin.here(flow, null, null),
                FlowRun.Call.of("{}", List.of()),
                null));
    return store.flowRuns().take(id, "test", Duration.ofMinutes(10)).orElseThrow().lease();
  }

  @Test
  void whoWaitsLongForASlotNeedsAPerson() {
    LimitKey key = LimitKey.tag("warehouse");
    try (Store store = Store.open(StoreUrl.file(directory.resolve("penstock.db")))) {
      store.limits().set(Limit.of(key, 1));
      List<SlotDemand> one = List.of(new SlotDemand(key, 1));
      store.limits().acquire(begin(store, "first", "Load taxis"), "a", "task run 'a'", one);
      store.limits().acquire(begin(store, "second", "Load trips"), "b", "task run 'b'", one);
      Instant now = Instant.now();
      assertThat(causes(store, now)).isEmpty();
      assertThat(causes(store, now.plusSeconds(120)))
          .singleElement()
          .returns("Load trips", Cause::subject)
          .returns("Limit of tag warehouse: 1 of 1 slot held, 1 task run waits", Cause::detail)
          .returns("/concurrency?limit=tag%20warehouse", Cause::url)
          .satisfies(cause ->
              assertThat(cause.what()).matches("waits (1 min 5\\d|2 min( 0)?) ?s? ?for a slot"));
    }
  }

  private static List<Cause> causes(Store store, Instant now) {
    return Cause.all(store, List.of(), now.minusSeconds(3600), new Words(ZoneOffset.UTC, now));
  }
}
