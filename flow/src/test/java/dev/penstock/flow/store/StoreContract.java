package dev.penstock.flow.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// An empty store for each test, and what tests of all of its parts need.
abstract class StoreContract {
  static final Duration LEASE = Duration.ofSeconds(15);

  private StoreUrl url;
  Store store;
  FlowRuns runs;

  /// Of an empty store.
  abstract StoreUrl url();

  @BeforeEach
  void openStore() {
    url = url();
    store = open(url);
    runs = store.flowRuns();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /// The same store as another process sees it.
  Store another() {
    return open(url);
  }

  /// The store as a process has it.
  Store open(StoreUrl url) {
    return Store.open(url);
  }

  /// A run that is not of a pool.
  FlowRun createHere() {
    return create(FlowRun.Origin.here("ingest", null, null));
  }

  FlowRun create(String pool) {
    return create(new FlowRun.Origin("ingest", null, pool, "default", 0, null, null));
  }

  FlowRun create(FlowRun.Origin origin) {
    return runs.create(
        new NewFlowRun(
            id(), "quiet-otter", origin, FlowRun.Call.of("{}", List.of("nightly")), null));
  }

  FlowRun createSubflow(FlowRun parent, FlowRun root) {
    FlowRun.Call call =
        new FlowRun.Call("{}", List.of(), parent.id(), root.id(), "000000", null, null, null);
    return runs.create(
        new NewFlowRun(id(), "small-otter", FlowRun.Origin.here("part", null, null), call, null));
  }

  static String id() {
    return Ids.next(InstantSource.system());
  }

  List<Claimed> claim(String owner, Duration lease) {
    return runs.claim(new ClaimRequest(owner, "pool", List.of(), List.of(), 10, lease));
  }

  /// A run that this owner has begun.
  Claimed begun(String owner) {
    create("pool");
    Claimed claimed = claim(owner, LEASE).getFirst();
    runs.begin(claimed.lease(), "v1");
    return claimed;
  }
}
