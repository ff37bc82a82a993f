package dev.penstock.flow.automation;

import dev.penstock.flow.notify.Carriers;
import dev.penstock.flow.notify.Channel;
import dev.penstock.flow.notify.Message;
import dev.penstock.flow.notify.NotSent;
import dev.penstock.flow.store.Deliveries.Outcome;
import dev.penstock.flow.store.Delivery;
import dev.penstock.flow.store.Delivery.Progress;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.UnknownName;
import dev.penstock.flow.vault.Vault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Does the actions of automations that have fired, and tries again those that fail.
final class Courier implements AutoCloseable {
  private static final int AT_ONCE = 50;

  private final Store store;
  private final Vault vault;
  private final DeploymentRunner deployments;
  private final Settings settings;
  private final Carriers carriers;
  private final Supplier<ExecutorService> threads;

  /// @param limit for one attempt
  /// @param firstPause before the second attempt; each later one doubles
  /// @param longestPause between two attempts
  /// @param attempts at most
  record Settings(Duration limit, Duration firstPause, Duration longestPause, int attempts) {
    static final Settings USUAL =
        new Settings(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofHours(1), 12);

    /// After which another process may make the next attempt: this one has given up by then.
    Duration lease() {
      return limit.multipliedBy(3);
    }

    Duration pause(int attempts) {
      Duration pause = firstPause.multipliedBy(1L << Math.min(attempts - 1, 20));
      return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
  }

  Courier(Store store, Vault vault, DeploymentRunner deployments, Settings settings) {
    this(
        store,
        vault,
        deployments,
        settings,
        Carriers.within(settings.limit()),
        Executors::newVirtualThreadPerTaskExecutor);
  }

  /// @param threads that attempts are made on
  Courier(
      Store store,
      Vault vault,
      DeploymentRunner deployments,
      Settings settings,
      Carriers carriers,
      Supplier<ExecutorService> threads) {
    this.store = store;
    this.vault = vault;
    this.deployments = deployments;
    this.settings = settings;
    this.carriers = carriers;
    this.threads = threads;
  }

  /// Attempts what is due, all at once, and waits until each attempt has ended.
  void tick() throws InterruptedException {
    List<Delivery> due = store.deliveries().take(AT_ONCE, settings.lease());
    if (due.isEmpty()) {
      return;
    }
    try (ExecutorService each = threads.get()) {
      List<Future<?>> attempts =
          due.stream().<Future<?>>map(one -> each.submit(() -> attempt(one))).toList();
      each.shutdown();
      // A mail server may take the limit for each of its answers.
      if (!each.awaitTermination(settings.limit().toMillis() * 2, TimeUnit.MILLISECONDS)) {
        attempts.forEach(attempt -> attempt.cancel(true));
      }
    }
  }

  private void attempt(Delivery delivery) {
    try {
      Integer code = perform(delivery, Definition.action(delivery.action()));
      store.deliveries().record(delivery, new Outcome(Progress.DELIVERED, code, null, null));
    } catch (InterruptedException e) {
      store.deliveries().record(delivery, failed(delivery, null, "it took too long", false));
    } catch (NotSent e) {
      store
          .deliveries()
          .record(
              delivery, failed(delivery, code(e), String.valueOf(e.getMessage()), e.isForGood()));
    } catch (RuntimeException e) {
      store
          .deliveries()
          .record(delivery, failed(delivery, null, String.valueOf(e.getMessage()), false));
    }
  }

  private Outcome failed(Delivery delivery, @Nullable Integer code, String error, boolean forGood) {
    return forGood || delivery.attempts() >= settings.attempts()
        ? new Outcome(Progress.FAILED, code, error, null)
        : new Outcome(Progress.WAITING, code, error, settings.pause(delivery.attempts()));
  }

  /// @return what the other side answered; null when there is none
  private @Nullable Integer perform(Delivery delivery, Action action) throws InterruptedException {
    return switch (action) {
      case Action.Notify notify -> send(notify, delivery.facts());
      case Action.RunDeployment run -> {
        deployments.run(run.deployment(), run.parameters(), "automation/" + delivery.id());
        yield null;
      }
      case Action.PauseDeployment pause -> {
        if (!store.deployments().pause(pause.deployment(), true)) {
          throw new UnknownName("deployment", pause.deployment(), List.of(), "");
        }
        yield null;
      }
      case Action.CancelRun _ -> {
        if (delivery.flowRun() != null) {
          store.flowRuns().cancel(delivery.flowRun());
        }
        yield null;
      }
    };
  }

  /// Tells somebody what an automation would, with made-up facts, and keeps how that went.
  ///
  /// @return what the other side answered
  /// @throws NotSent when it did not take it
  int tryOut(String automation, Action.Notify notify) throws InterruptedException {
    Map<String, String> facts = Facts.example(automation);
    Outcome outcome = new Outcome(Progress.FAILED, null, "it was given up", null);
    try {
      int code = send(notify, facts);
      outcome = new Outcome(Progress.DELIVERED, code, null, null);
      return code;
    } catch (NotSent e) {
      outcome = new Outcome(Progress.FAILED, code(e), String.valueOf(e.getMessage()), null);
      throw e;
    } catch (RuntimeException e) {
      outcome = new Outcome(Progress.FAILED, null, String.valueOf(e.getMessage()), null);
      throw e;
    } finally {
      store.deliveries().recordTest(automation, Definition.write(notify), facts, outcome);
    }
  }

  private static @Nullable Integer code(NotSent failure) {
    return failure.code().isPresent() ? failure.code().getAsInt() : null;
  }

  /// Tells somebody.
  ///
  /// @return what the other side answered
  /// @throws NotSent when it did not take it
  int send(Action.Notify notify, Map<String, String> facts) throws InterruptedException {
    Message message =
        new Message(
            Template.filled(notify.subject(), facts), Template.filled(notify.text(), facts), facts);
    if (vault.blocks().get(vault.blocks().types().get(notify.type()).settings(), notify.block())
        instanceof Channel channel) {
      return channel.send(message, carriers);
    }
    throw new IllegalArgumentException("block \"" + notify.block() + "\" is no channel");
  }

  @Override
  public void close() {
    carriers.close();
  }
}
