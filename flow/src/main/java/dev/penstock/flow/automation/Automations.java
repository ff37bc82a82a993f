package dev.penstock.flow.automation;

import dev.penstock.flow.notify.Channel;
import dev.penstock.flow.store.Delivery;
import dev.penstock.flow.store.Ids;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoredAutomation;
import dev.penstock.flow.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The automations of a store: kept, evaluated, and their actions done. Any number of processes may
/// do that at once. Safe for use by several threads.
public final class Automations implements AutoCloseable {
  private final Store store;
  private final Vault vault;
  private final Courier courier;

  /// @param deployments runs deployments
  public Automations(Store store, Vault vault, DeploymentRunner deployments) {
    this(store, vault, deployments, Courier.Settings.USUAL);
  }

  Automations(Store store, Vault vault, DeploymentRunner deployments, Courier.Settings settings) {
    this(store, vault, new Courier(store, vault, deployments, settings));
  }

  Automations(Store store, Vault vault, Courier courier) {
    this.store = store;
    this.vault = vault;
    this.courier = courier;
  }

  /// Saves an automation in place of the one of its name. It fires for what happens from now on.
  ///
  /// @throws IllegalArgumentException when a block that it notifies over is no channel
  public void save(Automation automation) {
    check(automation);
    store
        .automations()
        .save(
            Ids.next(InstantSource.system()), automation.name(), Definition.of(automation).write());
  }

  /// Saves an automation in place of the one that somebody has seen. A new one is enabled; whether
  /// another is stays as it was.
  ///
  /// @param seen since when that one acted; null for one that is not there yet
  /// @return whether it was as they saw it
  /// @throws IllegalArgumentException when a block that it notifies over is no channel
  public boolean replace(Automation automation, @Nullable Instant seen) {
    check(automation);
    return store
        .automations()
        .replace(
            Ids.next(InstantSource.system()),
            automation.name(),
            Definition.of(automation).write(),
            seen);
  }

  private void check(Automation automation) {
    for (Action action : automation.actions()) {
      if (action instanceof Action.Notify notify) {
        refuseOther(notify);
      }
    }
  }

  private void refuseOther(Action.Notify notify) {
    if (!Channel.class.isAssignableFrom(vault.blocks().types().get(notify.type()).settings())) {
      throw new IllegalArgumentException(
          "nobody can be notified over a "
              + notify.type()
              + " block: take one of slack-webhook, smtp, webhook");
    }
  }

  /// The automation of a name and of its definition, which is JSON.
  ///
  /// @throws IllegalArgumentException when it is none
  public static Automation parse(String name, String json) {
    Definition definition = Definition.read(json);
    return new Automation(name, definition.trigger(), definition.actions());
  }

  /// The action of a delivery, which is JSON.
  public static Action parseAction(String json) {
    return Definition.action(json);
  }

  public Optional<Automation> find(String name) {
    return store.automations().find(name).map(stored -> parse(name, stored.definition()));
  }

  public List<StoredAutomation> list() {
    return store.automations().list();
  }

  /// Stops an automation, or lets it go on.
  ///
  /// @return whether there is one of this name
  public boolean enable(String name, boolean enabled) {
    return store.automations().enable(name, enabled);
  }

  /// @return whether it was there
  public boolean delete(String name) {
    return store.automations().delete(name);
  }

  /// What an automation has done and has to do, the newest first.
  public List<Delivery> deliveries(String name, int atMost) {
    return store.deliveries().of(name, atMost);
  }

  /// Sends what an automation would tell, once, with made-up facts; its other actions are left out.
  /// What became of that is kept beside its deliveries, as a test.
  ///
  /// @return what each channel has answered, by `TYPE/BLOCK`
  /// @throws dev.penstock.flow.notify.NotSent when one did not take it
  /// @throws InterruptedException when interrupted meanwhile
  public Map<String, Integer> tryOut(Automation automation) throws InterruptedException {
    Map<String, Integer> answers = new LinkedHashMap<>();
    for (Action action : automation.actions()) {
      if (action instanceof Action.Notify notify) {
        answers.put(
            notify.type() + "/" + notify.block(), courier.tryOut(automation.name(), notify));
      }
    }
    return answers;
  }

  /// Evaluates what has happened since, and does the actions whose time has come; to be called
  /// every few seconds.
  ///
  /// @throws InterruptedException when interrupted meanwhile; nothing is lost
  public void tick() throws InterruptedException {
    AtomicBoolean all = new AtomicBoolean();
    boolean mine = true;
    while (mine && !all.get()) {
      mine = store.automations().evaluate(evaluation -> all.set(Rules.evaluate(evaluation)));
    }
    courier.tick();
  }

  @Override
  public void close() {
    courier.close();
  }
}
