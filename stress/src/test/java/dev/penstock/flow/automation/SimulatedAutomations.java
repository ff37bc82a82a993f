package dev.penstock.flow.automation;

import dev.penstock.flow.notify.Carriers;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/// Automations whose actions are done on the thread that calls them. They tell nobody anything.
public final class SimulatedAutomations {
  private static final Carriers NONE = Carriers.within(Duration.ofSeconds(1));

  private SimulatedAutomations() {}

  public static Automations of(Store store, DeploymentRunner deployments) {
    Vault vault = Vault.of(store, Path.of("nowhere"), Map.of());
    return new Automations(
        store,
        vault,
        new Courier(store, vault, deployments, Courier.Settings.USUAL, NONE, OnCaller::new));
  }

  private static final class OnCaller extends AbstractExecutorService {
    private boolean shutdown;

    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {
      shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shutdown;
    }

    @Override
    public boolean isTerminated() {
      return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
