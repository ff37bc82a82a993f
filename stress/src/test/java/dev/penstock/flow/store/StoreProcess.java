package dev.penstock.flow.store;

import dev.penstock.flow.state.StateName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// A process that makes, takes and finishes flow runs until its standard input ends, and says what
/// it was told is done: `made RUN`, `took RUN FENCE`, `done RUN FENCE`.
final class StoreProcess {
  static final Duration LEASE = Duration.ofSeconds(4);

  private StoreProcess() {}

  public static void main(String[] args) throws IOException {
    String owner = args[1];
    try (Store store = Store.open(new StoreUrl(args[0]))) {
      say("ready");
      FlowRuns runs = store.flowRuns();
      ClaimRequest request = new ClaimRequest(owner, "pool", List.of(), List.of(), 3, LEASE);
      while (System.in.available() == 0) {
        for (int i = 0; i < 3; i++) {
          say("made " + make(runs).id());
        }
        runs.expire(100);
        for (Claimed claimed : runs.claim(request)) {
          work(runs, claimed.lease());
        }
      }
    }
  }

  static FlowRun make(FlowRuns runs) {
    FlowRun.Origin origin = new FlowRun.Origin("ingest", null, "pool", "default", 0, null, null);
    return runs.create(
        new NewFlowRun(
            StoreContract.id(), "quiet-otter", origin, FlowRun.Call.of("{}", List.of()), null));
  }

  private static void work(FlowRuns runs, Lease lease) {
    say("took " + lease.run() + " " + lease.fence());
    try {
      runs.begin(lease, "v1");
      runs.move(lease, StateName.COMPLETED, FlowRuns.Outcome.message(""));
      say("done " + lease.run() + " " + lease.fence());
    } catch (Fenced e) {
      say("lost " + lease.run() + " " + lease.fence());
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
