package dev.penstock.server;

import dev.penstock.flow.store.ResultFiles;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.vault.Vault;
import dev.penstock.flow.worker.AutomationDuty;
import dev.penstock.flow.worker.Housekeeping;
import java.time.Duration;
import java.util.function.Consumer;

/// What a server does for all besides answering: makes the runs of schedules, finds runs whose
/// process is gone, evaluates automations. Any number of processes may do it. Ends when it is
/// closed.
public final class Duties implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration RECOVER = Duration.ofSeconds(3);

  private final Consumer<String> console;
  private final Housekeeping housekeeping;
  private final AutomationDuty automations;
  private final Thread thread;

  /// @param files of results, of which those go that no run needs any more
  /// @param console takes lines for whoever watches the server
  public Duties(Store store, Vault vault, ResultFiles files, Consumer<String> console) {
    this.console = console;
    this.housekeeping = Housekeeping.of(store, files);
    this.automations = new AutomationDuty(store, vault, console);
    this.thread = Thread.ofVirtual().name("penstock-housekeeping").start(this::work);
  }

  private void work() {
    long recovered = System.nanoTime() - RECOVER.toNanos();
    try {
      while (true) {
        boolean recover = System.nanoTime() - recovered >= RECOVER.toNanos();
        if (recover) {
          recovered = System.nanoTime();
        }
        Thread.sleep(step(recover));
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /// @return how long there is nothing to do
  private Duration step(boolean recover) {
    try {
      housekeeping.schedule();
      if (recover) {
        housekeeping
            .recover()
            .forEach(run -> console.accept("flow run " + run + " was lost by its process"));
      }
      return housekeeping.untilNextTick(LOOK);
    } catch (RuntimeException e) { // the store may be back the next time
      console.accept("The schedules were not looked at: " + e.getMessage());
      return LOOK;
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
