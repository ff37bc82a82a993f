package dev.penstock.cli.home;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.Store;
import dev.penstock.flow.store.StoreCare;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock store upgrade`.
@Command(
    name = "upgrade",
    description = {
      "Brings the tables of the store to the version of this Penstock.",
      "Whatever opens the store does so too; this does it when you choose."
    })
final class StoreUpgrade implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  StoreUpgrade(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    StoreCare care = session.storeCare();
    SequencedMap<String, Object> versions = new LinkedHashMap<>();
    versions.put("store", session.storeUrl().toString());
    versions.put("before", care.version());
    Store unused = session.store();
    versions.put("version", care.version());
    output.thing(session.out(), versions);
    return 0;
  }
}
