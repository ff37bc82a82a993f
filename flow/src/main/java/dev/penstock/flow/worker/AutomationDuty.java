package dev.penstock.flow.worker;

import dev.penstock.flow.automation.Automations;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.vault.Vault;
import java.time.Duration;
import java.util.function.Consumer;

/// A worker's share of the automations: it evaluates them every few seconds, on a thread of its
/// own, since a delivery may take long. Ends when it is closed.
public final class AutomationDuty implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofDays(7);
  private static final int FORGOTTEN_AT_ONCE = 1000;

  private final Store store;
  private final Automations automations;
  private final Consumer<String> console;
  private final Thread thread;

  /// @param console takes lines for whoever watches the worker
  public AutomationDuty(Store store, Vault vault, Consumer<String> console) {
    this.store = store;
    this.console = console;
    DeploymentRuns runs = new DeploymentRuns(store);
    this.automations =
        new Automations(
            store,
            vault,
            (deployment, parameters, idempotencyKey) ->
                runs.createById(deployment, parameters, idempotencyKey));
    this.thread = Thread.ofVirtual().name("penstock-automations").start(this::work);
  }

  private void work() {
    try {
      while (true) {
        tick();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void tick() throws InterruptedException {
    try {
      automations.tick();
      store.events().forget(KEPT, FORGOTTEN_AT_ONCE);
    } catch (RuntimeException e) { // the store may be back the next time
      console.accept("The automations were not looked at: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    automations.close();
  }
}
