package dev.penstock.cli.home;

import dev.penstock.cli.session.OutputOption;
import dev.penstock.cli.session.Session;
import dev.penstock.flow.store.StoreCare;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `penstock store version`.
@Command(
    name = "version",
    description = {
      "Shows the version of the store's tables, 0 when there are none, and that of this Penstock.",
      "Changes nothing."
    })
final class StoreVersion implements Callable<Integer> {
  private final Session session;

  @Mixin private OutputOption output = new OutputOption();

  StoreVersion(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    SequencedMap<String, Object> versions = new LinkedHashMap<>();
    versions.put("store", session.storeUrl().toString());
    versions.put("version", session.storeCare().version());
    versions.put("known", StoreCare.knownVersion());
    output.thing(session.out(), versions);
    return 0;
  }
}
